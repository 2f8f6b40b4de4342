import { badInput } from "../../platform/errors.js";

/** The steps that a series can have. */
const stepsMinutes = [1, 5, 15, 60];
/** A day in steps of one minute, and an hour more. */
export const mostPoints = 1_500;
/** The objects that can be read in the time in which the history of a large campaign is added up. */
export const historyCost = 1_000;
const minuteMs = 60_000;

/** The moment as it is, if it has been: nobody knows what a board will show. */
export function notAhead(moment: Date, now: Date): Date {
  if (moment > now) throw badInput("asOf", "must not be in the future");
  return moment;
}

/** What a series is asked for. */
export interface Stretch {
  from: Date;
  to: Date;
  stepMinutes: number;
}

/** The points of a series: the first and the last one, in steps of so many minutes. */
export type Points = { first: Date; last: Date; stepMinutes: number };

/** How many points a stretch holds, those to come included. */
export function countOf({ from, to, stepMinutes }: Stretch): number {
  const stepMs = stepMinutes * minuteMs;
  return Math.max(0, Math.floor(to.getTime() / stepMs) - Math.ceil(from.getTime() / stepMs) + 1);
}

/** The points of a stretch, whole multiples of the step in UTC; those to come are left out. */
export function pointsOf(stretch: Stretch, now: Date): Points {
  check(stretch);
  const { from, to, stepMinutes } = stretch;
  const stepMs = stepMinutes * minuteMs;
  const last = Math.floor(Math.min(to.getTime(), now.getTime()) / stepMs);
  return { first: new Date(Math.ceil(from.getTime() / stepMs) * stepMs), last: new Date(last * stepMs), stepMinutes };
}

function check(stretch: Stretch): void {
  const { from, to, stepMinutes } = stretch;
  if (!stepsMinutes.includes(stepMinutes)) throw badInput("stepMinutes", "must be 1, 5, 15 or 60");
  if (to < from) throw badInput("to", "must not be before from");
  const count = countOf(stretch);
  if (count <= mostPoints) return;
  const fitting = stepsMinutes.find((minutes) => countOf({ from, to, stepMinutes: minutes }) <= mostPoints);
  const latest = new Date(
    (Math.ceil(from.getTime() / (stepMinutes * minuteMs)) + mostPoints - 1) * stepMinutes * minuteMs,
  );
  const either = fitting ? `stepMinutes: ${fitting}, or ` : "";
  throw badInput(
    "to",
    `makes ${count} points of ${stepMinutes} min, at most ${mostPoints} are allowed: ask with ${either}to: "${latest.toISOString()}"`,
  );
}
