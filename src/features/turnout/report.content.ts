import type { Transaction } from "../../platform/database/transact.js";
import { badInput, ErrorReason, Refusal } from "../../platform/errors.js";
import { tidy } from "../../platform/graphql/text.js";
import { dayIn } from "../../platform/time.js";
import type { SharedEvent } from "../events/index.js";
import type { TurnoutReport } from "./report.js";
import { derivedCount } from "./turnout.crowd.js";
import type { TurnoutInput } from "./turnout.inputs.js";

const clockSkewMs = 5 * 60_000;

type Size = Pick<
  TurnoutReport,
  | "low"
  | "high"
  | "words"
  | "method"
  | "note"
  | "evidenceUrl"
  | "areaSquareMeters"
  | "density"
  | "rowsPerMinute"
  | "peoplePerRow"
  | "minutes"
>;

/** What a report says of the size, and how it came to it. */
export function sizeOf(input: TurnoutInput): Size {
  const derived = derivedCount(input, "input");
  const stated = intervalOf(input, derived?.count ?? null);
  return {
    ...stated,
    words: tidy(input.words),
    method: input.method ?? derived?.method ?? null,
    note: tidy(input.note),
    evidenceUrl: input.evidenceUrl ?? null,
    areaSquareMeters: input.areaSquareMeters ?? null,
    density: input.density ?? null,
    rowsPerMinute: input.rowsPerMinute ?? null,
    peoplePerRow: input.peoplePerRow ?? null,
    minutes: input.minutes ?? null,
  };
}

const given = (value: number | null | undefined): value is number => value !== null && value !== undefined;

/** One number sets both ends; two ends need each other; without any the derived number stands, or words alone. */
function intervalOf({ count, low, high, words }: TurnoutInput, derived: number | null) {
  if (given(count)) {
    if (given(low) || given(high)) throw badInput("input.count", "stands alone: give it, or low and high");
    return { low: count, high: count };
  }
  if (!given(low) && !given(high)) {
    if (derived === null && !tidy(words)) throw badInput("input.count", "is missing: give count, or low and high");
    return { low: derived, high: derived };
  }
  if (!given(low)) throw badInput("input.low", "is missing: give count, or low and high");
  if (!given(high)) throw badInput("input.high", "is missing: give count, or low and high");
  if (low > high) throw badInput("input.low", "must not be above high");
  return { low, high };
}

/** When it was seen: not in the future, and not before the day of the event. */
export function observedAtOf(tx: Transaction, input: TurnoutInput, event: SharedEvent): Date {
  const observed = input.observedAt ?? tx.now();
  if (observed.getTime() > tx.now().getTime() + clockSkewMs)
    throw badInput("input.observedAt", "must not be in the future");
  // What was seen once it had begun was seen on its day: to look for the day's beginning in its zone takes longer.
  if (observed < event.spanStartsAt && observed < dayIn(event.startsOn, event.timeZone).startsAt)
    throw new Refusal(
      "CONFLICT",
      `Counts are taken from the day of the event on: ${event.startsOn} in ${event.timeZone}.`,
      {
        reason: ErrorReason.EVENT_NOT_BEGUN,
        fields: [{ path: "input.observedAt", reason: "must not be before the day of the event" }],
      },
    );
  return observed;
}
