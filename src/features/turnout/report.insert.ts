import { prepared } from "../../platform/database/prepared.js";
import type { Transaction } from "../../platform/database/transact.js";
import type { TurnoutReport } from "./report.js";

/** A report's own columns; the rest begins as the table says. */
const columns = {
  id: ["id", "uuid"],
  eventId: ["event_id", "uuid"],
  reporterId: ["reporter_id", "uuid"],
  low: ["low", "int"],
  high: ["high", "int"],
  words: ["words", "text"],
  method: ["method", "text"],
  source: ["source", "text"],
  status: ["status", "text"],
  flags: ["flags", "text[]"],
  late: ["late", "boolean"],
  note: ["note", "text"],
  evidenceUrl: ["evidence_url", "text"],
  areaSquareMeters: ["area_square_meters", "float8"],
  density: ["density", "text"],
  rowsPerMinute: ["rows_per_minute", "float8"],
  peoplePerRow: ["people_per_row", "float8"],
  minutes: ["minutes", "float8"],
  observedAt: ["observed_at", "timestamptz"],
  receivedAt: ["received_at", "timestamptz"],
  correctsId: ["corrects_id", "uuid"],
} satisfies Partial<Record<keyof TurnoutReport, [string, string]>>;

/** A report that is to be stored. */
export type NewReport = Pick<TurnoutReport, keyof typeof columns>;

const names = Object.values(columns).map(([name]) => name);
const insert = prepared(
  "insert_reports",
  `INSERT INTO turnout_reports (${names.join(", ")}) SELECT ${names.join(", ")} FROM json_to_recordset($1::json)
     AS r(${Object.values(columns)
       .map((column) => column.join(" "))
       .join(", ")})`,
);

/** Stores reports by one statement. */
export async function insertReports(tx: Transaction, reports: NewReport[]): Promise<void> {
  const keys = Object.entries(columns) as [keyof NewReport, [string, string]][];
  const rows = reports.map((report) => Object.fromEntries(keys.map(([key, [name]]) => [name, report[key]])));
  if (rows.length > 0) await insert(tx, [JSON.stringify(rows)]);
}
