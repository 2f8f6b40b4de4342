import { type Arbitrary, array, constant, constantFrom, integer, nat, oneof, record } from "fast-check";

/** One thing that somebody does at an event; people and events by their numbers. */
export type TurnoutAct =
  | { does: "report"; who: number; event: number; low: number; more: number; minutesAgo: number; method: string }
  | { does: "show"; event: number; visibility: string }
  | { does: "move"; event: number; city: number }
  | { does: "cancelEvent" | "postponeEvent" | "rescheduleEvent" | "deleteEvent"; event: number }
  | { does: "requestEventChanges" | "approveEvent"; event: number }
  | { does: "mergeEvent"; event: number; into: number };

/** All that is done there. */
export const turnoutActs: TurnoutAct["does"][] = [
  "report",
  "show",
  "move",
  "cancelEvent",
  "postponeEvent",
  "rescheduleEvent",
  "deleteEvent",
  "requestEventChanges",
  "approveEvent",
  "mergeEvent",
];

/** Batches of what people do at the same time. */
export function turnoutStorms(people: number, events: number, cities: number): Arbitrary<TurnoutAct[][]> {
  const event = nat(events - 1);
  const of = <Does extends TurnoutAct["does"]>(does: Does) => constant(does);
  const act: Arbitrary<TurnoutAct> = oneof(
    {
      weight: 12,
      arbitrary: record({
        does: of("report"),
        who: nat(people - 1),
        event,
        low: integer({ min: 0, max: 3_000 }),
        more: integer({ min: 0, max: 500 }),
        minutesAgo: nat(60),
        method: constantFrom("HEADCOUNT", "EYEWITNESS", "PHOTO"),
      }),
    },
    {
      weight: 3,
      arbitrary: record({ does: of("show"), event, visibility: constantFrom("PUBLIC", "UNLISTED", "PRIVATE") }),
    },
    { weight: 3, arbitrary: record({ does: of("move"), event, city: nat(cities - 1) }) },
    { weight: 2, arbitrary: record({ does: constantFrom("cancelEvent" as const, "postponeEvent" as const), event }) },
    { weight: 2, arbitrary: record({ does: of("rescheduleEvent"), event }) },
    {
      weight: 2,
      arbitrary: record({ does: constantFrom("requestEventChanges" as const, "approveEvent" as const), event }),
    },
    { weight: 2, arbitrary: record({ does: of("mergeEvent"), event, into: event }) },
    { weight: 2, arbitrary: record({ does: of("deleteEvent"), event }) },
  );
  return array(array(act, { minLength: 2, maxLength: 10, size: "max" }), { minLength: 3, maxLength: 6, size: "max" });
}
