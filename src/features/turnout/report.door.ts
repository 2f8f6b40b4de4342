import type { Point } from "../cities/index.js";
import { badInput } from "../../platform/errors.js";
import type { SharedEvent } from "../events/index.js";
import type { TurnoutReport } from "./report.js";
import { type Ground, standingOf } from "./standing.js";
import { flagsOf } from "./turnout.checks.js";
import type { TurnoutInput } from "./turnout.inputs.js";
import type { TurnoutFlag } from "./turnout.values.js";

/** A report as the door sees it. */
export interface Seen extends Pick<TurnoutReport, "low" | "high" | "method" | "areaSquareMeters" | "observedAt"> {
  position: Point | null;
}

/** What is odd about a report of an event whose turnout is locked. */
export function doorFlags({ low, high, ...seen }: Seen, event: SharedEvent, ground: Ground): TurnoutFlag[] {
  // What is known in words only has no size that could be odd.
  const current = low === null ? null : currentOf(ground);
  return flagsOf({ ...seen, low: low ?? 0, high: high ?? 0, event, city: event.city, current });
}

/** Where the reporter says that they stand. */
export function positionOf({ latitude, longitude }: TurnoutInput): Point | null {
  if (typeof latitude === "number" && typeof longitude === "number") return { latitude, longitude };
  if (typeof latitude === "number") throw badInput("input.longitude", "is missing: give both coordinates or none");
  if (typeof longitude === "number") throw badInput("input.latitude", "is missing: give both coordinates or none");
  return null;
}

/** The kept number; what it comes to now where reports were added or taken away that it does not know yet. */
function currentOf(ground: Ground) {
  const { low, high, observedAt } = ground.moved ? unkept(ground) : kept(ground);
  return low === null || high === null || observedAt === null ? null : { low, high, observedAt };
}

const kept = ({ fact }: Ground) => ({ low: fact.wasLow, high: fact.wasHigh, observedAt: fact.wasObservedAt });

function unkept(ground: Ground) {
  const { low, high, observed_at: observedAt } = standingOf(ground);
  return { low, high, observedAt };
}
