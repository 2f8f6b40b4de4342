import { isUtf8 } from "node:buffer";
import { Readable } from "node:stream";
import { type CsvError, type Options, parse } from "csv-parse";
import { parse as parseAtOnce } from "csv-parse/sync";
import { badInput } from "../../platform/errors.js";
import { Row } from "./import.rows.js";

export const mostBytes = 10 * 1024 * 1024;
const mostRows = 50_000;
/** As much as is parsed in one turn, so that others are answered meanwhile. */
const turnBytes = 64 * 1024;

const options = {
  bom: true,
  relax_column_count: true,
  relax_quotes: true,
  skip_empty_lines: true,
  record_delimiter: "\n",
} satisfies Options;

/** Refuses a file that has not the columns of its format; its rows are looked at later. */
export function checkFile(contents: Buffer, columns: readonly string[]): void {
  if (contents.length === 0) throw badInput("file", "is empty: send a CSV file with a header");
  if (!isUtf8(contents)) throw badInput("file", "must be in UTF-8");
  const names = headerOf(contents);
  const missing = columns.filter((column) => !names.includes(column));
  const wrong = names.flatMap((name, index) =>
    columns.includes(name) && names.indexOf(name) === index ? [] : [index + 1],
  );
  if (missing.length === 0 && wrong.length === 0) return;
  const faults = [
    ...(missing.length > 0 ? [`missing: ${missing.join(", ")}`] : []),
    ...(wrong.length > 0 ? [`not known or there twice: number ${wrong.slice(0, 50).join(", ")}`] : []),
  ];
  throw badInput("file", `must have the columns ${columns.join(", ")}, and no others (${faults.join("; ")})`);
}

/** One end of line for all: csv-parse counts the two characters of one within quotes as two lines. */
const withOneBreak = (contents: Buffer): Buffer => Buffer.from(contents.toString().replaceAll(/\r\n?/g, "\n"));

function headerOf(contents: Buffer): string[] {
  try {
    const [header = []] = parseAtOnce(withOneBreak(contents.subarray(0, turnBytes)), { ...options, to: 1 });
    return header.map((name) => name.trim());
  } catch (error) {
    throw refusalOf(error);
  }
}

/** The rows of a file whose columns are right; refuses one that has no end or too many rows. */
export async function readRows(contents: Buffer): Promise<Row[]> {
  const rows: Row[] = [];
  let header: string[] | undefined;
  const turns = Readable.from(turnsOf(withOneBreak(contents)));
  try {
    for await (const { record, info } of turns.pipe(parse({ ...options, info: true }))) {
      const cells = record as string[];
      if (header) rows.push(rowOf(header, cells, info.lines));
      header ??= cells.map((name) => name.trim());
      if (rows.length > mostRows) throw badInput("file", "must have at most 50,000 rows: split it");
    }
  } catch (error) {
    throw refusalOf(error);
  }
  return rows;
}

const refusalOf = (error: unknown): unknown =>
  (error as CsvError).code === "CSV_QUOTE_NOT_CLOSED"
    ? badInput("file", "has a quote that is opened and never closed")
    : error;

function* turnsOf(contents: Buffer): Generator<Buffer> {
  for (let from = 0; from < contents.length; from += turnBytes) yield contents.subarray(from, from + turnBytes);
}

function rowOf(header: string[], cells: string[], lastLine: number): Row {
  const breaks = cells.reduce((sum, cell) => sum + cell.split("\n").length - 1, 0);
  const values = new Map(header.map((column, index) => [column, cells[index] ?? ""]));
  const row = new Row(lastLine - breaks, values, cells.length !== header.length);
  if (row.ragged)
    row.reject(null, `has ${cells.length} fields where the header has ${header.length}: is a comma not quoted?`);
  return row;
}
