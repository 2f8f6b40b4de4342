import { globalIdSql } from "../../platform/database/ids.js";
import { every, type Scope, type Sql } from "../../platform/reading/shape.js";
import { campaignVisible } from "../campaigns/index.js";
import { coverageShown } from "../coverage/index.js";
import { placeColumns, placeTable, shownHosts } from "../events/index.js";
import { countedEvent } from "./settle.sql.js";
import { turnoutOf, turnoutOfEvent } from "./turnout.sql.js";

/** What an export is of, as run variables. */
export interface ExportAsked {
  /** The campaign's slug. */
  campaign: string;
  /** The city's slug; all cities unless told. */
  city?: string | undefined;
}

const json = (fields: Record<string, Sql>): Sql =>
  `json_build_object(${Object.entries(fields)
    .map(([name, sql]) => `'${name}', ${sql}`)
    .join(", ")})`;
const sameNamed = (row: string, names: string[]): Record<string, Sql> =>
  Object.fromEntries(names.map((name) => [name, `${row}.${name}`]));
const variable = (name: keyof ExportAsked, scope: Scope): Sql => scope.bind((run) => run.variables[name], "text");

const interval = (row: string): Record<string, Sql> => ({
  ...sameNamed(row, ["low", "high"]),
  peakLow: `${row}.peak_low`,
  peakHigh: `${row}.peak_high`,
});

/** SQL for what stands above the events: one row where there is such a campaign, with a city where there is such a one. */
export function headSql(scope: Scope, byCity: boolean): Sql {
  const part = { campaign: "c.id", ...(byCity ? { city: "y.id" } : {}) };
  const head = json({
    campaign: json({
      id: globalIdSql("Campaign", "c.id"),
      ...sameNamed("c", ["slug", "title"]),
      startsOn: "c.starts_on",
      endsOn: "c.ends_on",
      demands: "ARRAY(SELECT d.text FROM demands d WHERE d.campaign_id = c.id ORDER BY d.rank)",
    }),
    city: `CASE WHEN y.id IS NOT NULL THEN ${json({ id: globalIdSql("City", "y.id"), ...sameNamed("y", ["slug", "name", "region"]) })} END`,
    generatedAt: scope.bind((run) => run.ctx.now(), "timestamptz"),
    position: scope.bind((run) => run.ctx.position, "text"),
    total: `(SELECT ${json({ ...interval("t"), ...sameNamed("t", ["reporting", "scheduled", "closed"]) })}
      FROM ${turnoutOf(part, scope)} t)`,
  });
  return `SELECT ${head} AS head FROM campaigns c LEFT JOIN cities y ON y.slug = ${variable("city", scope)}
    WHERE c.slug = ${variable("campaign", scope)} AND ${campaignVisible("c", scope)}`;
}

const hosts = (scope: Scope): Sql =>
  `ARRAY(SELECT o.name FROM event_hosts h JOIN organizations o ON o.id = h.organization_id
    WHERE ${every(shownHosts("h", "e", scope))} ORDER BY h.role = 'LEAD' DESC, o.name, o.id)`;

const firstLink = (scope: Scope): Sql =>
  `(SELECT v.url FROM coverage v WHERE v.event_id = e.id AND ${coverageShown("v", "e", scope)} ORDER BY v.added_at, v.id LIMIT 1)`;

// Where it moved online, nobody gathers at the place.
const atPlace = (sql: Sql): Sql => `CASE WHEN e.occurrence <> 'MOVED_ONLINE' THEN ${sql} END`;

/** SQL for the events that count in the campaign's totals, each with what everybody may know of it. */
export function eventsSql(scope: Scope, byCity: boolean): Sql {
  const locality = placeColumns.locality("p");
  const event = json({
    id: globalIdSql("Event", "e.id"),
    ...sameNamed("e", ["title", "type"]),
    startsOn: "e.starts_on",
    online: "e.occurrence = 'MOVED_ONLINE'",
    venue: atPlace(placeColumns.venue("p")),
    addressLines: atPlace(placeColumns.addressLines("p")),
    locality,
    region: "y.region",
    city: json(sameNamed("y", ["slug", "name", "region", "latitude", "longitude"])),
    hosts: hosts(scope),
    coverage: firstLink(scope),
    turnout: json({
      ...sameNamed("t", ["state"]),
      ...interval("t"),
      reports: "t.reports",
      observedAt: "t.observed_at",
    }),
  });
  const ofCity = byCity ? `AND y.slug = ${variable("city", scope)}` : "";
  return `SELECT ${event} AS event FROM campaigns c JOIN events e ON e.campaign_id = c.id JOIN cities y ON y.id = e.city_id
    CROSS JOIN LATERAL ${placeTable("e", scope)} p CROSS JOIN LATERAL ${turnoutOfEvent("e", "false", scope)} t
    WHERE c.slug = ${variable("campaign", scope)} AND ${campaignVisible("c", scope)} AND ${countedEvent("e")} ${ofCity}
    ORDER BY e.starts_on, y.region COLLATE "C", ${locality} COLLATE "C", e.id`;
}
