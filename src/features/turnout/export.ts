import type { Context } from "../../platform/context.js";
import { batchesOf, inSnapshot, type Snapshot } from "../../platform/database/snapshot.js";
import { Refusal } from "../../platform/errors.js";
import { plainStatement } from "../../platform/reading/read.js";
import type { Scope, Sql } from "../../platform/reading/shape.js";
import type { City } from "../cities/index.js";
import type { Event } from "../events/index.js";
import { type ExportAsked, eventsSql, headSql } from "./export.sql.js";
import type { Turnout } from "./turnout.js";

export type { ExportAsked } from "./export.sql.js";

type Interval = Pick<Turnout, "low" | "high" | "peakLow" | "peakHigh">;

/** What stands above the events; the sums are those that the API gives to everybody at that moment. */
export interface ExportHead {
  campaign: { id: string; slug: string; title: string; startsOn: string; endsOn: string; demands: string[] };
  city: { id: string; slug: string; name: string; region: string } | null;
  generatedAt: string;
  position: string;
  total: Interval & Pick<Turnout, "reporting" | "scheduled" | "closed">;
}

/** An event with what everybody may know of it. */
export interface ExportedEvent extends Pick<Event, "id" | "title" | "type" | "startsOn"> {
  online: boolean;
  venue: string | null;
  addressLines: string[] | null;
  locality: string | null;
  region: string;
  city: Pick<City, "slug" | "name" | "region" | "latitude" | "longitude">;
  hosts: string[];
  coverage: string | null;
  turnout: Interval & Pick<Turnout, "state" | "reports"> & { observedAt: string | null };
}

/** How an export is written. */
export interface ExportFormat {
  /** Its media type. */
  type: string;
  begin: (head: ExportHead) => string;
  rows: (events: ExportedEvent[], head: ExportHead) => string;
  /** What stands between two of `rows`. */
  between: string;
  end: string;
}

/** The public events of a campaign that take place and their numbers, of one moment, as parts of a text; for everybody alike. */
export function exportTurnout(ctx: Context, asked: ExportAsked, format: ExportFormat): AsyncGenerator<string> {
  const anybody: Context = { ...ctx, viewer: null };
  return inSnapshot(ctx.pool, async function* (snapshot) {
    const head = await headOf(snapshot, anybody, asked);
    let before = format.begin(head);
    const batches = batchesOf<{ event: ExportedEvent }>(snapshot, queryOf(anybody, asked, eventsSql));
    for await (const rows of batches) {
      const events = rows.map(({ event }) => event);
      yield before + format.rows(events, head);
      before = format.between;
    }
    yield format.end;
  });
}

const isSlug = (text: string): boolean => /^[\w-]{1,200}$/.test(text);

const missing = (what: string): Refusal => new Refusal("NOT_FOUND", `There is no such ${what}.`);

async function headOf(snapshot: Snapshot, ctx: Context, asked: ExportAsked): Promise<ExportHead> {
  if (!isSlug(asked.campaign)) throw missing("campaign");
  if (asked.city !== undefined && !isSlug(asked.city)) throw missing("city");
  const { rows } = await snapshot.query<{ head: ExportHead }>(queryOf(ctx, asked, headSql));
  if (!rows[0]) throw missing("campaign");
  if (asked.city !== undefined && !rows[0].head.city) throw missing("city");
  return rows[0].head;
}

function queryOf(ctx: Context, asked: ExportAsked, sql: (scope: Scope, byCity: boolean) => Sql) {
  const statement = plainStatement(ctx, (scope) => sql(scope, asked.city !== undefined));
  return { text: statement.text, values: statement.values({ ctx, variables: { ...asked } }) };
}
