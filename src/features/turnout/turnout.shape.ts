import { readNode } from "../../platform/graphql/node.js";
import { extend, one, shape, type Sql } from "../../platform/reading/shape.js";
import { campaignShape } from "../campaigns/index.js";
import { cityShape } from "../cities/index.js";
import { concerned, eventShape, isOn, isPublic, visible } from "../events/index.js";

const turnoutShape = shape("Turnout");

// GraphQL's Int ends at 2³¹ - 1; more people than that there are not.
const total = (column: string): Sql =>
  `CASE WHEN sum(t.${column}) > 2147483647 THEN 2147483647 ELSE sum(t.${column}) END AS ${column}`;

/** Each public event of a condition that takes place, once: what it has reported, or that it has not. */
const rollUp = (condition: Sql): Sql => `
  (SELECT ${["low", "high", "peak_low", "peak_high"].map(total).join(", ")}, count(t.event_id)::int AS reporting,
     count(*)::int AS scheduled, COALESCE(sum(t.reports), 0)::int AS reports, max(t.observed_at) AS observed_at
   FROM events te LEFT JOIN turnouts t ON t.event_id = te.id WHERE ${isPublic("te")} AND ${isOn("te")} AND ${condition})`;

extend(eventShape, {
  turnout: one({
    shape: () => turnoutShape,
    from: (row, parent) => ({
      table: `(SELECT t.low, t.high, t.peak_low, t.peak_high, t.observed_at, COALESCE(t.reports, 0) AS reports,
                 (t.event_id IS NOT NULL)::int AS reporting, 1 AS scheduled
               FROM (VALUES (1)) AS always LEFT JOIN turnouts t ON t.event_id = ${parent}.id) ${row}`,
      where: [],
    }),
  }),
});

extend(campaignShape, {
  turnout: one({
    shape: () => turnoutShape,
    from: (row, parent) => ({ table: `${rollUp(`te.campaign_id = ${parent}.id`)} ${row}`, where: [] }),
  }),
});

extend(cityShape, {
  turnout: one({
    shape: () => turnoutShape,
    from: (row, parent, _scope, args) => ({
      table: `${rollUp(`te.city_id = ${parent}.id AND te.campaign_id = ${args.id("campaign", "Campaign")}`)} ${row}`,
      where: [],
    }),
  }),
});

/** The turnout of the campaign that a field is about. */
export const turnoutOfCampaign = one({
  shape: () => turnoutShape,
  from: (row, _parent, scope) => ({
    table: `${rollUp(`te.campaign_id = ${scope.bind((run) => run.ids?.[0], "uuid")}`)} ${row}`,
    where: [],
  }),
});

export const reportShape = readNode("TurnoutReport", {
  table: "turnout_reports",
  visible: (row, scope) =>
    `EXISTS (SELECT 1 FROM events re WHERE re.id = ${row}.event_id AND ${visible("re", scope)} AND ${concerned("re", scope)})`,
  fields: {
    event: one({
      shape: () => eventShape,
      from: (row, parent) => ({ table: `events ${row}`, where: [`${row}.id = ${parent}.event_id`] }),
    }),
  },
});
