import { connection, extend, type Scope, type Sql } from "../../platform/reading/shape.js";
import { campaignShape, staffOfCampaign } from "../campaigns/index.js";
import { reporterShape } from "./turnout.shape.js";

/** What only the staff of the campaign is told: whoever is in quarantine, and reviews for a host, has no sign of it. */
const forStaff =
  (value: (row: string) => Sql) =>
  (row: string, scope: Scope): Sql =>
    `CASE WHEN ${staffOfCampaign(`${row}.scope_id`, scope)} THEN ${value(row)} END`;

const countOf =
  (which: Sql) =>
  (row: string): Sql =>
    `(SELECT count(*)::int FROM turnout_reports cr WHERE cr.reporter_id = ${row}.id AND ${which})`;

const isFlagged = "cr.flags <> '{}'";

extend(reporterShape, {
  quarantinedAt: forStaff((row) => `${row}.quarantined_at`),
  quarantineReason: forStaff((row) => `${row}.quarantine_reason`),
  reports: forStaff(countOf("true")),
  flagged: forStaff(countOf(isFlagged)),
  rejected: forStaff(countOf("cr.status = 'REJECTED'")),
  latestReportAt: forStaff(
    (row) => `(SELECT max(cr.received_at) FROM turnout_reports cr WHERE cr.reporter_id = ${row}.id)`,
  ),
});

extend(campaignShape, {
  turnoutReporters: connection({
    shape: () => reporterShape,
    descending: true,
    order: [
      { sql: (row) => `${row}.flagged`, type: "int" },
      { sql: (row) => `${row}.sent`, type: "int" },
    ],
    from: (row, parent, scope, args) => ({
      table: `(SELECT q.*, c.flagged, c.sent FROM turnout_reporters q CROSS JOIN LATERAL (
                 SELECT (count(*) FILTER (WHERE ${isFlagged}))::int AS flagged, count(*)::int AS sent
                 FROM turnout_reports cr WHERE cr.reporter_id = q.id) c) ${row}`,
      where: [
        `${row}.scope_id = ${parent}.id`,
        staffOfCampaign(`${parent}.id`, scope),
        ...(args.has("quarantined")
          ? [`(${row}.quarantined_at IS NOT NULL) = ${args.bind("quarantined", "boolean")}`]
          : []),
      ],
    }),
  }),
});
