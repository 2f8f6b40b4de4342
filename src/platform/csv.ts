import { stringify } from "csv-stringify/sync";

export type Cell = string | number | null;

/** Lines of a table as CSV (RFC 4180) for table programs, with cells that none takes for a formula. */
export const csv = (lines: readonly (readonly Cell[])[]): string =>
  stringify(lines as Cell[][], { escape_formulas: true, record_delimiter: "windows" });
