import { connection, extend, one, shape } from "../../platform/reading/shape.js";
import { cityShape } from "../cities/index.js";
import { campaignShape } from "./campaign.shape.js";

const cityPledgesShape = shape("CityPledges", {
  city: one({
    shape: () => cityShape,
    from: (row, parent) => ({ table: `cities ${row}`, where: [`${row}.id = ${parent}.city_id`] }),
  }),
});

const pledgesShape = shape("Pledges", {
  total: (row) => `(SELECT COALESCE(sum(pc.count), 0)::int FROM pledge_counts pc WHERE pc.campaign_id = ${row}.id)`,
  cities: connection({
    shape: () => cityPledgesShape,
    order: [{ sql: (row) => `${row}.count`, type: "int" }],
    descending: true,
    // A city has one row in a campaign: its id orders those of one count.
    from: (row, parent) => ({
      table: `(SELECT city_id AS id, * FROM pledge_counts) ${row}`,
      where: [`${row}.campaign_id = ${parent}.id`],
    }),
  }),
});

extend(campaignShape, {
  pledges: one({
    shape: () => pledgesShape,
    from: (row, parent) => ({ table: `(SELECT ${parent}.id) ${row}`, where: [] }),
  }),
});
