import type { Context } from "../../platform/context.js";
import { globalIdSql, isPrefixOf, parseGlobalId } from "../../platform/database/ids.js";
import { Refusal } from "../../platform/errors.js";
import { execute, plainStatement } from "../../platform/reading/read.js";
import type { Scope, Sql } from "../../platform/reading/shape.js";
import { isPublic } from "../events/index.js";
import type { PublicEvent, PublicField } from "./event.js";
import { fields, fieldsSql, joinsOf } from "./event.sql.js";
import type { About, FeedRow, Format } from "./format.js";
import { featureSql } from "./format.geojson.js";
import { icalendar } from "./format.ical.js";
import { type Earlier, linkedData, linkedFields } from "./format.jsonld.js";

/** How one event is written. */
interface OneFormat {
  type: string;
  fields: readonly PublicField[];
  columns: Format["columns"];
  write: (row: FeedRow & { earlier?: Earlier[] }, about: About) => string;
}

const earlier = `(SELECT COALESCE(json_agg(json_build_object('startsOn', m.starts_on, 'startsAt', m.starts_at, 'timeZone', m.time_zone)
  ORDER BY m.replaced_at DESC, m.id), '[]') FROM event_earlier_times m WHERE m.event_id = e.id)`;

/** What one event is given as, by the ending of its address. */
export const oneFormats: Record<string, OneFormat> = {
  jsonld: {
    type: "application/ld+json; charset=utf-8",
    fields: linkedFields,
    columns: (some, scope) => `${fieldsSql(some, scope)} AS event, ${earlier} AS earlier`,
    write: (row, _about) => `${linkedData(row.event as PublicEvent, row.earlier!)}\n`,
  },
  ics: {
    ...icalendar,
    write: (row, about) => {
      const writer = icalendar.writer({ ...about, title: (row.event as PublicEvent).title });
      return writer.begin() + writer.rows([row]) + writer.end();
    },
  },
  geojson: {
    type: "application/geo+json; charset=utf-8",
    fields: Object.keys(fields) as PublicField[],
    columns: (some, scope) => `${featureSql(some, scope)} AS event`,
    write: (row) => `${row.event as string}\n`,
  },
};

/** Thrown where the id of a merged event leads to another. */
export class MovedEvent extends Error {
  constructor(readonly id: string) {
    super();
  }
}

interface Found extends FeedRow {
  /** The event that it was merged into, if everybody may see that. */
  into: string | null;
  gone: boolean;
}

const missing = (): Refusal => new Refusal("NOT_FOUND", "There is no such event.");

/**
 * One public event. One that is hidden is as one that there never was; of one that was public, everybody may know that it
 * is gone, or which event it is now.
 */
export async function oneEvent(ctx: Context, id: string, format: OneFormat): Promise<string> {
  const parsed = parseGlobalId(id);
  if (!parsed || !isPrefixOf("Event", parsed.prefix)) throw missing();
  const statement = plainStatement({ viewer: null }, (scope) => oneSql(format, scope));
  const [row] = await execute<Found>(ctx, statement, { ctx, variables: {}, ids: [parsed.id] });
  if (!row) throw missing();
  if (row.into) throw new MovedEvent(row.into);
  if (row.gone) throw new Refusal("NOT_FOUND", "This event was deleted.", { status: 410 });
  const { publicUrl } = ctx.config;
  return format.write(row, { title: "", address: "", publicUrl, position: "", fields: format.fields, updatedAt: null });
}

const oneSql = ({ columns, fields: some }: OneFormat, scope: Scope): Sql => {
  const into = `(SELECT ${globalIdSql("Event", "i.id")} FROM events i WHERE i.id = e.merged_into_id AND ${isPublic("i")})`;
  const known = `(${isPublic("e")} OR (e.record <> 'LIVE' AND e.ever_public))`;
  return `SELECT ${into} AS into, e.record <> 'LIVE' AS gone, shown.* FROM events e
    LEFT JOIN LATERAL (SELECT ${columns(some, scope)} FROM (SELECT e.*) e ${joinsOf(some, scope)} WHERE ${isPublic("e")}) shown ON true
    WHERE e.id = ANY (${scope.bind((run) => run.ids, "uuid[]")}) AND ${known}`;
};
