import type { Context } from "../../platform/context.js";
import { holds, isAssured, type PeacekeeperRole, type SignupStatus } from "../shifts/index.js";

/** One shift of a person, as it is now. */
export interface CalendarRow {
  signupId: string;
  status: SignupStatus;
  assured: boolean;
  deadline: Date | null;
  role: PeacekeeperRole;
  startsAt: Date;
  endsAt: Date;
  timeZone: string;
  eventId: string;
  occurrence: string;
  /** The shift or its event does not take place. */
  cancelled: boolean;
  checkInPoint: string | null;
  instructions: string | null;
  /** Rises with each change of the event, the shift or the sign-up; never falls. */
  sequence: number;
  changedAt: Date;
}

const shownAfterMs = 30 * 24 * 3_600_000;

/** SQL: the place was lost with the shift: its holder neither gave it back nor was sent away before. */
const endedWithShift = `(g.status = 'RELEASED' AND s.status = 'CANCELLED' AND EXISTS (
  SELECT 1 FROM signup_steps ended JOIN signup_steps held ON held.signup_id = ended.signup_id AND held.version = ended.version - 1
  WHERE ended.signup_id = g.id AND ended.version = g.version AND ended.actor_id IS DISTINCT FROM g.person_id AND ${isAssured("held")}))`;

/** Places that the person holds, or held until the shift was called off; not those that they gave back. */
export const calendarRows = ({ db, now }: Context, personId: string): Promise<CalendarRow[]> =>
  db.query(
    `SELECT g.id AS "signupId", g.status, ${isAssured("g")} AS assured, g.deadline, s.role, s.starts_at AS "startsAt",
       s.ends_at AS "endsAt", e.time_zone AS "timeZone", e.id AS "eventId", e.occurrence,
       s.status = 'CANCELLED' OR e.occurrence = 'CANCELLED' OR e.record <> 'LIVE' AS cancelled,
       s.check_in_point AS "checkInPoint", s.instructions, e.version + s.version + g.version AS sequence,
       GREATEST(e.updated_at, s.changed_at, (SELECT max(at) FROM signup_steps t WHERE t.signup_id = g.id)) AS "changedAt"
     FROM shift_signups g JOIN shifts s ON s.id = g.shift_id JOIN events e ON e.id = s.event_id
     WHERE g.person_id = $1 AND s.ends_at > $2 AND (${holds("g")} OR ${endedWithShift})
     ORDER BY s.starts_at, g.id`,
    [personId, new Date(now().getTime() - shownAfterMs)],
  );
