import type { Context } from "../../platform/context.js";
import { seen } from "../../platform/reading/read.js";
import type { EventRow } from "./event.js";
import { type EventFactsTold, EventVersion } from "./event.records.js";
import { visible } from "./event.policy.js";
import { eventInWords, whereInWords } from "./event.words.js";
import { seesPlace } from "./location.shape.js";

/** What an event was like at each of these versions. */
export async function factsAt(
  ctx: Context,
  eventId: string,
  versions: number[],
): Promise<(EventFactsTold | undefined)[]> {
  const rows = await ctx.db.find(EventVersion, { where: versions.map((version) => ({ eventId, version })) });
  return versions.map((version) => rows.find((row) => row.version === version)?.facts);
}

/** Whether this reader may know the exact place of an event. */
export const knowsPlace = async (ctx: Context, eventId: string): Promise<boolean> =>
  (await seen(ctx, "events", [eventId], seesPlace)).size > 0;

/** An event as it is now: what, when, and where as exactly as this reader may know. */
export async function presentInWords(ctx: Context, { id, version }: Pick<EventRow, "id" | "version">): Promise<string> {
  const [facts] = await factsAt(ctx, id, [version]);
  return eventInWords(facts!, await knowsPlace(ctx, id));
}

/** What some events are called and where they are, as exactly as this reader may know; without those that they may not see. */
export async function knownOf(ctx: Context, ids: string[]): Promise<Map<string, { title: string; where: string }>> {
  const shown = await seen(ctx, "events", ids, visible);
  const exact = await seen(ctx, "events", ids, seesPlace);
  const rows: Pick<EventVersion, "eventId" | "facts">[] = await ctx.db.query(
    `SELECT v.event_id AS "eventId", v.facts FROM event_versions v
     JOIN events e ON e.id = v.event_id AND e.version = v.version WHERE e.id = ANY ($1)`,
    [[...shown]],
  );
  return new Map(
    rows.map(({ eventId, facts }) => [eventId, { title: facts.title, where: whereInWords(facts, exact.has(eventId)) }]),
  );
}
