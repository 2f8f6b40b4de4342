import { globalIdSql } from "../../platform/database/ids.js";
import { messageOf } from "../../platform/reading/message.js";
import {
  connection,
  type Edge,
  extend,
  one,
  type Shape,
  shape,
  type Sql,
  thingOf,
} from "../../platform/reading/shape.js";
import { campaignShape, staffOfCampaign } from "../campaigns/index.js";
import { cityShape } from "../cities/index.js";
import { coordinated, eventShape } from "../events/index.js";
import { sumsByCity, sumsByEvent, sumsOfCampaign, sumsOfEvent } from "./staffing.sums.js";

const coverageShape = shape("StaffingCoverage");

/** The sums that a row of the board has beside what it is of. */
const sums = one({
  shape: () => coverageShape,
  from: (row, parent) => ({ table: `(SELECT ${parent}.*) ${row}`, where: [] }),
});

const thing = (table: string, of: () => Shape): Edge =>
  one({
    shape: of,
    from: (row, parent) => ({ table: `${table} ${row}`, where: [`${row}.id = ${parent}.id`] }),
  });

const eventRow = shape("EventStaffing", { event: thing("events", () => eventShape), staffing: sums });
const cityRow = shape("CityStaffing", { city: thing("cities", () => cityShape), staffing: sums });

/** The largest gap first. */
const board = (of: Shape, rows: (campaign: Sql) => Sql): Edge =>
  connection({
    shape: () => of,
    descending: true,
    order: [{ sql: (row) => `${row}.gap`, type: "int" }],
    from: (row, parent, scope) => ({
      table: `${rows(`${parent}.id`)} ${row}`,
      where: [staffOfCampaign(`${parent}.id`, scope)],
    }),
  });

extend(eventShape, {
  staffing: one({
    shape: () => coverageShape,
    from: (row, parent, scope) => ({
      table: `${sumsOfEvent(`${parent}.id`)} ${row}`,
      where: [coordinated(parent, scope)],
    }),
  }),
});

/** The sums of the campaign whose id stands in a column. */
const sumsOf = (column: string): Edge =>
  one({
    shape: () => coverageShape,
    from: (row, parent, scope) => ({
      table: `${sumsOfCampaign(`${parent}.${column}`)} ${row}`,
      where: [staffOfCampaign(`${parent}.${column}`, scope)],
    }),
  });

extend(campaignShape, {
  staffing: sumsOf("id"),
  staffingByEvent: board(eventRow, sumsByEvent),
  staffingByCity: board(cityRow, sumsByCity),
});

const changedShape = shape("CoverageChangedMessage", {
  eventId: (row) => globalIdSql("Event", `${row}.event_id`),
  event: thingOf(() => eventShape, "event_id"),
  staffing: sumsOf("campaign_id"),
});

export const coverageMessage = messageOf(changedShape, { campaignId: "uuid", eventId: "uuid" });
