import { connection, extend, one, shape } from "../../platform/reading/shape.js";
import { campaignShape, staffOfCampaign } from "../campaigns/index.js";
import { eventShape } from "../events/index.js";
import { isMissing } from "./missing.sql.js";

const missingShape = shape("MissingTurnout", {
  event: one({
    shape: () => eventShape,
    from: (row, parent) => ({ table: `events ${row}`, where: [`${row}.id = ${parent}.id`] }),
  }),
});

extend(campaignShape, {
  turnoutMissing: connection({
    shape: () => missingShape,
    order: [
      { sql: (row) => `${row}.region`, type: "text" },
      { sql: (row) => `${row}.city`, type: "text" },
    ],
    from: (row, parent, scope, args) => ({
      table: `(SELECT e.id, e.campaign_id, e.city_id, c.region, c.name AS city, n.nudged_at,
                 (SELECT count(*)::int FROM turnout_reports mr WHERE mr.event_id = e.id AND mr.status = 'FLAGGED') AS flagged
               FROM events e JOIN cities c ON c.id = e.city_id LEFT JOIN turnout_nudges n ON n.event_id = e.id
               WHERE ${isMissing(
                 "e",
                 scope.bind((run) => run.ctx.now(), "timestamptz"),
               )}) ${row}`,
      where: [
        `${row}.campaign_id = ${parent}.id`,
        staffOfCampaign(`${parent}.id`, scope),
        ...(args.has("region") ? [`${row}.region = ${args.bind("region", "text")}`] : []),
        ...(args.has("city") ? [`${row}.city_id = ${args.id("city", "City")}`] : []),
      ],
    }),
  }),
});
