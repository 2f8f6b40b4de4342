import { type Cell, csv } from "../../platform/csv.js";
import type { PublicEvent, PublicField } from "./event.js";
import { fields, fieldsSql } from "./event.sql.js";
import type { Format, Writer } from "./format.js";

type Column = (event: PublicEvent) => Cell;

const list = (values: string[]): string => values.join("; ");

/** The columns that each field comes to; one that is not named here is one column of its name. */
const columns: Partial<Record<PublicField, Record<string, Column>>> = {
  city: { city: ({ city }) => city.name, citySlug: ({ city }) => city.slug, region: ({ city }) => city.region },
  campaign: { campaign: ({ campaign }) => campaign?.title ?? null, campaignSlug: (e) => e.campaign?.slug ?? null },
  organization: {
    organization: ({ organization }) => organization?.name ?? null,
    organizationSlug: ({ organization }) => organization?.slug ?? null,
  },
  coHosts: { coHosts: ({ coHosts }) => list(coHosts.map(({ name }) => name)) },
  place: {
    precision: ({ place }) => place.precision,
    venue: ({ place }) => place.venue,
    address: ({ place }) => place.addressLines.join(", "),
    locality: ({ place }) => place.locality,
    postalCode: ({ place }) => place.postalCode,
    country: ({ place }) => place.country,
    latitude: ({ place }) => place.latitude,
    longitude: ({ place }) => place.longitude,
    pointOf: ({ place }) => place.pointOf,
  },
  languages: { languages: ({ languages }) => list(languages) },
  identifiers: { identifiers: ({ identifiers }) => identifiers.join(" ") },
  turnout: {
    turnoutState: ({ turnout }) => turnout.state,
    low: ({ turnout }) => turnout.low,
    high: ({ turnout }) => turnout.high,
    peakLow: ({ turnout }) => turnout.peakLow,
    peakHigh: ({ turnout }) => turnout.peakHigh,
    reports: ({ turnout }) => turnout.reports,
    observedAt: ({ turnout }) => turnout.observedAt,
  },
};

const columnsOf = (name: PublicField): Record<string, Column> =>
  columns[name] ?? { [name]: (event) => event[name] as Cell };

/** CSV (RFC 4180) with a row of names: one line for each event, unknown is empty. */
export const csvTable: Format = {
  type: "text/csv; charset=utf-8; header=present",
  more: ["fields", "limit", "after"],
  fields: Object.keys(fields) as PublicField[],
  columns: (some, scope) => `${fieldsSql(some, scope)} AS event`,
  writer: ({ fields: some }): Writer => {
    const wanted = Object.assign({}, ...some.map(columnsOf)) as Record<string, Column>;
    return {
      begin: () => csv([Object.keys(wanted)]),
      rows: (rows) => csv(rows.map(({ event }) => Object.values(wanted).map((cell) => cell(event as PublicEvent)))),
      end: () => "",
    };
  },
};
