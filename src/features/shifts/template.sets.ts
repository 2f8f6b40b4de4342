import { PeacekeeperRole } from "./shift.values.js";
import { ShiftRatio } from "./staffing.plan.js";
import { longestMs } from "./shift.times.js";
import { ShiftTemplate } from "./template.run.js";

type Set = Partial<Record<PeacekeeperRole, number>>;

/** How many peacekeepers of each role, at one for 50 people. */
const sets: Record<ShiftTemplate, Set> = {
  SMALL: { LEAD: 1, MARSHAL: 2, DE_ESCALATOR: 1 },
  MEDIUM: {
    LEAD: 2,
    MARSHAL: 18,
    DE_ESCALATOR: 6,
    TRAFFIC: 4,
    MEDIC: 2,
    LEGAL_OBSERVER_LIAISON: 1,
    POLICE_LIAISON: 1,
    ACCESS_SUPPORT: 2,
    RUNNER: 2,
    FLOAT: 2,
  },
  LARGE: {
    LEAD: 10,
    MARSHAL: 200,
    DE_ESCALATOR: 60,
    TRAFFIC: 40,
    MEDIC: 20,
    LEGAL_OBSERVER_LIAISON: 6,
    POLICE_LIAISON: 4,
    ACCESS_SUPPORT: 20,
    RUNNER: 20,
    FLOAT: 20,
  },
};

/** What a template needs of one role; a quarter more have room, for those who do not come. */
interface Need {
  role: PeacekeeperRole;
  minimum: number;
  capacity: number;
}

export const needsOf = (template: ShiftTemplate, ratio: ShiftRatio): Need[] =>
  Object.entries(sets[template]).map(([role, count]) => {
    const minimum = ratio === ShiftRatio.ONE_TO_100 ? Math.ceil(count / 2) : count;
    return { role: role as PeacekeeperRole, minimum, capacity: minimum + Math.floor(minimum / 4) };
  });

const partMs = 8 * 3_600_000;
const minuteMs = 60_000;

/** A stretch of time as one shift, or, where it is longer than one may be, as equal ones of at most 8 hours in a row. */
export function partsOf(startsAt: Date, endsAt: Date): { startsAt: Date; endsAt: Date }[] {
  const length = endsAt.getTime() - startsAt.getTime();
  const count = length > longestMs ? Math.ceil(length / partMs) : 1;
  const border = (index: number): Date => {
    const minutes = Math.round((length * index) / count / minuteMs);
    return index === count ? endsAt : new Date(startsAt.getTime() + minutes * minuteMs);
  };
  return Array.from({ length: count }, (_, index) => ({ startsAt: border(index), endsAt: border(index + 1) }));
}
