import { fold } from "../../platform/graphql/text.js";
import { EventType } from "../events/index.js";

/** Words that say what sort of gathering it is; of those in one entry, the uppermost here counts. */
const words: [EventType, string[]][] = [
  [EventType.VIGIL, ["vigil", "moment of silence"]],
  [EventType.WALKOUT, ["walkout", "walk out"]],
  [EventType.SIT_IN, ["sit in", "die in"]],
  [EventType.CARAVAN, ["caravan", "convoy"]],
  [EventType.DEMONSTRATION, ["hunger strike"]],
  [EventType.PICKET, ["picket", "strike"]],
  [EventType.MARCH, ["march", "parade", "procession"]],
  [EventType.RALLY, ["rally", "rallies"]],
  [EventType.DEMONSTRATION, ["protest", "demonstration", "civil disobedience", "blockade"]],
  [EventType.VISIBILITY_EVENT, ["banner drop"]],
  [EventType.PRESS_CONFERENCE, ["press conference"]],
  [EventType.MEETING, ["meeting", "forum"]],
];

/** The type of a list joined with semicolons: that of its first entry that is known, else OTHER. */
export function typeOf(list: string | null): EventType {
  for (const entry of fold(list ?? "").split(";")) {
    const text = entry.replaceAll("-", " ");
    const known = words.find(([, ofType]) => ofType.some((word) => text.includes(word)));
    if (known) return known[0];
  }
  return EventType.OTHER;
}

const names: Partial<Record<EventType, string>> = {
  [EventType.SIT_IN]: "Sit-in",
  [EventType.VISIBILITY_EVENT]: "Banner drop",
  [EventType.PRESS_CONFERENCE]: "Press conference",
  [EventType.OTHER]: "Gathering",
};

/** The type as it begins a title. */
export const nameOf = (type: EventType): string => names[type] ?? `${type[0]}${type.slice(1).toLowerCase()}`;
