import { connection, type Edge, extend, one, type Shape, shape, type Sql } from "../../platform/reading/shape.js";
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

extend(campaignShape, {
  staffing: one({
    shape: () => coverageShape,
    from: (row, parent, scope) => ({
      table: `${sumsOfCampaign(`${parent}.id`)} ${row}`,
      where: [staffOfCampaign(`${parent}.id`, scope)],
    }),
  }),
  staffingByEvent: board(eventRow, sumsByEvent),
  staffingByCity: board(cityRow, sumsByCity),
});

/** The sums of the campaign that a message is about. */
export const staffingOfCampaign = one({
  shape: () => coverageShape,
  from: (row, _parent, scope) => {
    const campaign = scope.bind((run) => run.ids?.[0], "uuid");
    return { table: `${sumsOfCampaign(campaign)} ${row}`, where: [staffOfCampaign(campaign, scope)] };
  },
});
