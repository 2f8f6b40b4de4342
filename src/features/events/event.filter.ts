import { languageTag } from "../../platform/graphql/language.js";
import { wordPatterns } from "../../platform/graphql/text.js";
import type { Args, Scope, Sql } from "../../platform/reading/shape.js";
import { near, within } from "./event.near.js";
import { shownHosts } from "./host.policy.js";
import { partsOf } from "./identifier.js";

type Condition = (row: string, args: Args, scope: Scope) => Sql;

const isOf =
  (column: string, name: string, type: string): Condition =>
  (row, args) =>
    `${row}.${column} = ${args.id(`filter.${name}`, type)}`;
const isOne =
  (column: string, name: string): Condition =>
  (row, args) =>
    `${row}.${column} = ANY (${args.bind(`filter.${name}`, "text[]")})`;

/** What each part of a filter means. */
const conditions: Record<string, Condition> = {
  campaignId: isOf("campaign_id", "campaignId", "Campaign"),
  organizationId: hostedBy,
  cityId: isOf("city_id", "cityId", "City"),
  region: (row, args) =>
    `${row}.city_id IN (SELECT id FROM cities WHERE region = ${args.bind("filter.region", "text")})`,
  endsAfter,
  startsBefore: (row, args) => `${row}.span_starts_at < ${args.bind("filter.startsBefore", "timestamptz")}`,
  on: (row, args) => `(${notOver(row, args, "on")} AND ${begun(row, args, "on")})`,
  from: (row, args) => notOver(row, args, "from"),
  to: (row, args) => begun(row, args, "to"),
  search: hasWords,
  types: isOne("type", "types"),
  accessibility: isOne("accessibility", "accessibility"),
  occurrence: isOne("occurrence", "occurrence"),
  languages: speaks,
  identifier: known,
  within,
  near,
};

/** A filter as SQL conditions. */
export const eventFilter = (row: string, scope: Scope, args: Args): Sql[] =>
  Object.entries(conditions)
    .filter(([name]) => args.has(`filter.${name}`))
    .map(([, condition]) => condition(row, args, scope));

/** As the public sees hosts, whoever asks: an invitation is no hosting. */
function hostedBy(row: string, args: Args, scope: Scope): Sql {
  const host = [`h.organization_id = ${args.id("filter.organizationId", "Organization")}`, `h.status = 'ACCEPTED'`];
  return `EXISTS (SELECT 1 FROM event_hosts h WHERE ${[...host, ...shownHosts("h", row, scope)].join(" AND ")})`;
}

// No event lasts over 14 days, so that an index by time serves too.
function endsAfter(row: string, args: Args): Sql {
  const instant = args.bind("filter.endsAfter", "timestamptz");
  return `(${row}.span_ends_at > ${instant} AND ${row}.span_starts_at > ${instant} - interval '16 days')`;
}

// The first and last day are on the calendar of the place.
function notOver(row: string, args: Args, name: string): Sql {
  const day = args.bind(`filter.${name}`, "date");
  return `(${row}.ends_on >= ${day} AND ${row}.span_starts_at >= ${day} - interval '16 days')`;
}

function begun(row: string, args: Args, name: string): Sql {
  const day = args.bind(`filter.${name}`, "date");
  return `(${row}.starts_on <= ${day} AND ${row}.span_starts_at <= ${day} + interval '2 days')`;
}

const patterns = (value: (path: string) => unknown): string[] => wordPatterns(value("filter.search") as string);

/** The longest word is looked up in the index; the others are looked for in what that finds. */
function hasWords(row: string, args: Args): Sql {
  const [longest, all] = [args.bindAs((value) => patterns(value)[0], "text"), args.bindAs(patterns, "text[]")];
  return `(${row}.search_text LIKE ${longest} AND ${row}.search_text LIKE ALL (${all}))`;
}

/** Basic filtering of RFC 4647: a tag finds those that begin with it. */
function speaks(row: string, args: Args): Sql {
  const tags = args.bindAs((value) => (value("filter.languages") as string[]).map(languageTag), "text[]");
  return `EXISTS (SELECT 1 FROM unnest(${row}.languages) spoken, unnest(${tags}) wanted
    WHERE spoken = wanted OR starts_with(spoken, wanted || '-'))`;
}

function known(row: string, args: Args): Sql {
  const part = (name: "system" | "value"): Sql =>
    args.bindAs((value) => partsOf(value("filter.identifier") as string)[name], "text");
  return `${row}.id IN (SELECT i.event_id FROM event_identifiers i WHERE i.system = ${part("system")} AND i.value = ${part("value")})`;
}
