import type { Context } from "../../platform/context.js";
import { seen } from "../../platform/reading/read.js";
import type { EventRow } from "./event.js";
import { type EventFactsTold, EventVersion } from "./event.records.js";
import { eventInWords } from "./event.words.js";
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
