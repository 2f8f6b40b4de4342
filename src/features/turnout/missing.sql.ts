import type { Sql } from "../../platform/reading/shape.js";
import { takesPlace } from "../events/index.js";

/** The least hours between two letters to the hosts of an event. */
export const hoursBetweenNudges = 3;

/** SQL: the event has begun, takes place, and nobody has said yet how many came. */
export const isMissing = (event: string, now: Sql): Sql =>
  `(${takesPlace(event)} AND ${event}.span_starts_at <= ${now}
    AND NOT EXISTS (SELECT 1 FROM turnouts mt WHERE mt.event_id = ${event}.id AND mt.low IS NOT NULL))`;
