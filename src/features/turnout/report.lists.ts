import { connection, type Edge, extend, type Scope, type Sql } from "../../platform/reading/shape.js";
import { campaignShape, staffOfCampaign } from "../campaigns/index.js";
import { concerned, coordinated, eventShape } from "../events/index.js";
import { reportedByViewer, silenced } from "./report.policy.js";
import { reportShape } from "./turnout.shape.js";

const received = [{ sql: (row: string) => `${row}.received_at`, type: "timestamptz" }];

/** What waits for a reviewer, the longest first. */
const queue = (of: (row: string, parent: string, scope: Scope) => Sql[]): Edge =>
  connection({
    shape: () => reportShape,
    order: received,
    from: (row, parent, scope) => ({
      table: `turnout_reports ${row}`,
      where: [`${row}.status = 'FLAGGED'`, `NOT ${silenced(row, scope)}`, ...of(row, parent, scope)],
    }),
  });

extend(eventShape, {
  turnoutReports: connection({
    shape: () => reportShape,
    order: received,
    descending: true,
    from: (row, parent, scope, args) => ({
      table: `turnout_reports ${row}`,
      where: [
        `${row}.event_id = ${parent}.id`,
        `(${concerned(parent, scope)} OR ${reportedByViewer(row, scope)})`,
        ...(args.has("status") ? [`${row}.status = ${args.bind("status", "text")}`] : []),
      ],
    }),
  }),
  turnoutQueue: queue((row, parent, scope) => [`${row}.event_id = ${parent}.id`, coordinated(parent, scope)]),
});

extend(campaignShape, {
  turnoutQueue: queue((row, parent, scope) => [
    staffOfCampaign(`${parent}.id`, scope),
    `EXISTS (SELECT 1 FROM events qe WHERE qe.id = ${row}.event_id AND qe.campaign_id = ${parent}.id AND qe.record = 'LIVE')`,
  ]),
});

/** What the viewer has reported, the latest first, in all campaigns. */
export const viewerReports = connection({
  shape: () => reportShape,
  order: received,
  descending: true,
  from: (row, _parent, scope) => ({ table: `turnout_reports ${row}`, where: [reportedByViewer(row, scope)] }),
});
