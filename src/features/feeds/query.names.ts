import type { Context } from "../../platform/context.js";
import { globalIdSql, isPrefixOf, parseGlobalId } from "../../platform/database/ids.js";
import { Refusal } from "../../platform/errors.js";
import { execute, plainStatement } from "../../platform/reading/read.js";
import type { Scope, Sql } from "../../platform/reading/shape.js";
import { campaignVisible } from "../campaigns/index.js";
import { organizationVisible } from "../organizations/index.js";

/** Slugs or ids, by the parameter that names them. */
export interface Named {
  campaign?: string;
  city?: string;
  organization?: string;
}

/** What is named. */
interface Thing {
  id: string;
  title: string;
}
export type NamedThings = { [Name in keyof Named]?: Thing };

interface Kind {
  type: string;
  table: string;
  title: string;
  /** The field of the filter that its id goes into. */
  field: string;
  visible: (row: string, scope: Scope) => Sql;
}

/** What may be named in a query string, and in the path of a feed. */
export const namedThings: Record<keyof Named, Kind> = {
  campaign: { type: "Campaign", table: "campaigns", title: "title", field: "campaignId", visible: campaignVisible },
  city: { type: "City", table: "cities", title: "name", field: "cityId", visible: () => "true" },
  organization: {
    type: "Organization",
    table: "organizations",
    title: "name",
    field: "organizationId",
    visible: organizationVisible,
  },
};

/** What everybody may know of the things that are named; one that is hidden is as one that there never was. */
export async function namedIn(ctx: Context, names: Named): Promise<NamedThings> {
  const asked = Object.entries(names) as [keyof Named, string][];
  if (asked.length === 0) return {};
  const bad = asked.find(([name, value]) => !isSlug(value) && idOf(name, value) === null);
  if (bad) throw missing(bad[0]);
  const statement = plainStatement({ viewer: null }, (scope) =>
    asked.map(([name, value]) => lookup(name, value, scope)).join(" UNION ALL "),
  );
  const rows = await execute<Thing & { name: keyof Named }>(ctx, statement, { ctx, variables: {} });
  const found = Object.fromEntries(rows.map(({ name, id, title }) => [name, { id, title }])) as NamedThings;
  const lost = asked.find(([name]) => !found[name]);
  if (lost) throw missing(lost[0]);
  return found;
}

function lookup(name: keyof Named, value: string, scope: Scope): Sql {
  const { type, table, title, visible } = namedThings[name];
  const id = idOf(name, value);
  const by = id ? `t.id = ${scope.bind(() => id, "uuid")}` : `t.slug = ${scope.bind(() => value, "text")}`;
  return `(SELECT '${name}' AS name, ${globalIdSql(type, "t.id")} AS id, t.${title} AS title
    FROM ${table} t WHERE ${by} AND ${visible("t", scope)})`;
}

const isSlug = (text: string): boolean => /^[\w-]{1,200}$/.test(text);

function idOf(name: keyof Named, value: string): string | null {
  const parsed = parseGlobalId(value);
  return parsed && isPrefixOf(namedThings[name].type, parsed.prefix) ? parsed.id : null;
}

const missing = (what: string): Refusal => new Refusal("NOT_FOUND", `There is no such ${what}.`);
