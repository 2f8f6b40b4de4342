import { setImmediate } from "node:timers/promises";
import type { Context } from "../../platform/context.js";
import { batchesOf, inSnapshot, type Snapshot } from "../../platform/database/snapshot.js";
import { cursorOf } from "../../platform/reading/cursor.js";
import { execute } from "../../platform/reading/read.js";
import type { EventFilter } from "../events/index.js";
import type { PublicEvent } from "./event.js";
import { cursorHash, type Feed, mostOfPage } from "./feed.asked.js";
import { type FeedQuery, rowsQuery, updatedQuery } from "./feed.sql.js";
import type { About, FeedRow, Writer } from "./format.js";
import { filterOf } from "./query.js";
import type { NamedThings } from "./query.names.js";

/** A feed of more events than are answered at once: it is to be streamed. */
export class LongFeed extends Error {}

/** A feed, or a page of one, and where the next page begins. */
interface WholeFeed {
  body: string;
  /** The address of the next page. */
  next: string | undefined;
}

interface KeyedRow extends FeedRow {
  at: string;
  key: string;
}

/** Small enough that slow readers get each part in time. */
const batch = 100;

/** A feed that is short, or a page of one; throws a {@link LongFeed} where it is long. */
export async function wholeFeed(ctx: Context, feed: Feed, position: string): Promise<WholeFeed> {
  const { filter, things } = await filterOf(ctx, feed);
  const most = feed.limit ?? mostOfPage;
  const { statement, run } = rowsQuery(ctx, feed, filter, most + 1);
  const found = await execute<KeyedRow>(ctx, statement, run);
  if (found.length > most && feed.limit === undefined) throw new LongFeed();
  const rows = found.slice(0, most);
  const updatedAt = feed.format.dated ? newest(rows) : null;
  const writer = feed.format.writer(aboutOf(ctx, { feed, things, position, updatedAt }));
  const body = await written(writer, rows);
  return { body, next: found.length > most ? nextOf(feed, rows.at(-1)!) : undefined };
}

/** Others have their turn between batches. */
async function written(writer: Writer, rows: FeedRow[]): Promise<string> {
  let text = writer.begin();
  for (let start = 0; start < rows.length; start += batch) {
    text += writer.rows(rows.slice(start, start + batch));
    await setImmediate();
  }
  return text + writer.end();
}

const newest = (rows: FeedRow[]): string | null =>
  rows
    .map(({ event }) => (event as PublicEvent).updatedAt)
    .sort()
    .at(-1) ?? null;

function nextOf({ address, ...feed }: Feed, { at, key }: KeyedRow): string {
  const url = new URL(address, "http://feed");
  url.searchParams.set("after", cursorOf(cursorHash(feed), [at, key]));
  return url.pathname + url.search;
}

/** A feed of any length, as it was at one moment, in parts. */
export async function* longFeed(ctx: Context, feed: Feed, position: string): AsyncGenerator<string> {
  const { filter, things } = await filterOf(ctx, feed);
  yield* inSnapshot(ctx.pool, async function* (snapshot) {
    const updatedAt = feed.format.dated ? await newestIn(snapshot, ctx, filter) : null;
    const writer = feed.format.writer(aboutOf(ctx, { feed, things, position, updatedAt }));
    let text = writer.begin();
    for await (const rows of batchesOf<FeedRow>(snapshot, asText(rowsQuery(ctx, feed, filter)), batch)) {
      yield text + writer.rows(rows);
      text = "";
    }
    yield writer.end();
  });
}

const asText = ({ statement, run }: FeedQuery) => ({ text: statement.text, values: statement.values(run) });

async function newestIn(snapshot: Snapshot, ctx: Context, filter: EventFilter): Promise<string | null> {
  const { rows } = await snapshot.query<{ updatedAt: string | null }>(asText(updatedQuery(ctx, filter)));
  return rows[0]!.updatedAt;
}

interface Found {
  feed: Feed;
  things: NamedThings;
  position: string;
  updatedAt: string | null;
}

function aboutOf({ config }: Context, { feed, things, position, updatedAt }: Found): About {
  const { campaign, city, organization } = things;
  const parts = [
    campaign && `of ${campaign.title}`,
    city && `in ${city.title}`,
    organization && `by ${organization.title}`,
  ];
  const title = ["Events", ...parts].filter(Boolean).join(" ");
  const { address, fields } = feed;
  return { title, address, publicUrl: config.publicUrl, position, fields, updatedAt };
}
