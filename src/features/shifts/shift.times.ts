import { badInput } from "../../platform/errors.js";
import { instantOf } from "../../platform/time.js";
import type { Event } from "../events/index.js";
import type { ShiftRow } from "./shift.js";

const day = 24 * 3_600_000;
export const longestMs = 12 * 3_600_000;

type Times = Pick<ShiftRow, "startsAt" | "endsAt">;
type Window = Pick<ShiftRow, "opensAt" | "closesAt">;
type Given<Row> = { [name in keyof Row]?: string | null };

const read = (text: string, { timeZone }: Event, name: string): Date => instantOf(text, timeZone, `input.${name}`);

/** The stretch of time of a shift, or of several one after another, as it was given; what is left out stays. */
export function stretchOf(given: Given<Times>, event: Event, before?: Times): Times {
  const at = (name: keyof Times): Date => {
    const text = given[name];
    if (text) return read(text, event, name);
    if (!before || text === null) throw badInput(`input.${name}`, "must be given: a shift has a beginning and an end");
    return before[name];
  };
  const [startsAt, endsAt] = [at("startsAt"), at("endsAt")];
  if (endsAt <= startsAt) throw badInput("input.endsAt", "must be after startsAt");
  if (startsAt.getTime() < event.spanStartsAt.getTime() - day)
    throw badInput("input.startsAt", "must be at most a day before the event begins");
  if (endsAt.getTime() > event.spanEndsAt.getTime() + day)
    throw badInput("input.endsAt", "must be at most a day after the event ends");
  return { startsAt, endsAt };
}

/** The times of one shift. */
export function timesOf(given: Given<Times>, event: Event, before?: Times): Times {
  const { startsAt, endsAt } = stretchOf(given, event, before);
  if (endsAt.getTime() - startsAt.getTime() > longestMs)
    throw badInput("input.endsAt", "must be within 12 hours of startsAt; make two shifts of a longer one");
  return { startsAt, endsAt };
}

/** From when to when it takes claims; what is left out stays. */
export function windowOf(given: Given<Window>, event: Event, { startsAt, ...before }: Times & Window): Window {
  const at = (name: keyof Window): Date | null => {
    const text = given[name];
    if (text === undefined) return before[name];
    return text ? read(text, event, name) : null;
  };
  const [opensAt, closesAt] = [at("opensAt"), at("closesAt")];
  if (opensAt && closesAt && opensAt >= closesAt) throw badInput("input.closesAt", "must be after opensAt");
  if (given.opensAt && opensAt! >= startsAt) throw badInput("input.opensAt", "must be before the shift begins");
  if (given.closesAt && closesAt! > startsAt) throw badInput("input.closesAt", "must not be after the shift begins");
  return { opensAt, closesAt };
}
