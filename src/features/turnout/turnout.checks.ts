import { kmBetween, type Point } from "../cities/index.js";
import { type EventRow, Occurrence } from "../events/index.js";
import { peopleOn } from "./turnout.crowd.js";
import type { Interval } from "./turnout.estimate.js";
import { CrowdDensity, TurnoutFlag, TurnoutMethod } from "./turnout.values.js";

/** What the door knows of a report before it is stored. */
export interface DoorFacts {
  low: number;
  high: number;
  method: TurnoutMethod | null;
  observedAt: Date;
  areaSquareMeters: number | null;
  /** Where the reporter stands, if they said so; looked at here and stored nowhere. */
  position: Point | null;
  event: Pick<EventRow, "occurrence" | "spanStartsAt" | "spanEndsAt" | "latitude" | "longitude" | "accuracyMeters">;
  city: Point;
  /** The event's interval as it is, with when it was seen; null while there is none. */
  current: (Interval & { observedAt: Date }) | null;
}

const hourMs = 3_600_000;
const photoLimit = 1_000;
const eventKm = 5;
const cityKm = 50;

const checks: [TurnoutFlag, (facts: DoorFacts) => boolean][] = [
  [TurnoutFlag.OVER_DENSITY, isOverDensity],
  [TurnoutFlag.JUMP, jumps],
  [
    TurnoutFlag.PHOTO_ABOVE_1000,
    ({ method, high }) => (method === TurnoutMethod.PHOTO || method === TurnoutMethod.VIDEO) && high > photoLimit,
  ],
  [TurnoutFlag.BEFORE_START, ({ observedAt, event }) => since(observedAt, event.spanStartsAt) > hourMs],
  [TurnoutFlag.AFTER_END, ({ observedAt, event }) => since(event.spanEndsAt, observedAt) > hourMs],
  [
    TurnoutFlag.EVENT_CANCELLED,
    ({ event }) => event.occurrence === Occurrence.CANCELLED || event.occurrence === Occurrence.POSTPONED,
  ],
  [TurnoutFlag.REPORTER_FAR, isFar],
];

/** Why a report has to wait for a reviewer; empty when nothing about it is odd. DOUBTED is a reviewer's word. */
export const flagsOf = (facts: DoorFacts): TurnoutFlag[] =>
  checks.filter(([, isOdd]) => isOdd(facts)).map(([flag]) => flag);

const since = (earlier: Date, later: Date): number => later.getTime() - earlier.getTime();

function isOverDensity({ areaSquareMeters, high }: DoorFacts): boolean {
  return areaSquareMeters !== null && high > peopleOn(areaSquareMeters, CrowdDensity.PACKED);
}

/** Wider than crowds come and go: see docs/turnout.md. */
function jumps({ current, low, high, observedAt }: DoorFacts): boolean {
  if (!current) return false;
  const passed = since(current.observedAt, observedAt);
  if (passed <= 0 || passed > hourMs) return false;
  return low > 4 * current.high + 200 || high < current.low / 4 - 200;
}

function isFar({ position, event, city }: DoorFacts): boolean {
  if (!position) return false;
  const { latitude, longitude, accuracyMeters } = event;
  if (latitude === null || longitude === null) return kmBetween(position, city) > cityKm;
  return kmBetween(position, { latitude, longitude }) > eventKm + (accuracyMeters ?? 0) / 1_000;
}
