import { csv } from "../../platform/csv.js";
import { columns } from "./export.columns.js";
import type { ExportFormat } from "./export.js";

/** How an export is written, by the ending of its file. */
export const formats: Record<"csv" | "json", ExportFormat> = {
  csv: {
    type: "text/csv; charset=utf-8",
    begin: () => csv([Object.keys(columns)]),
    rows: (events, head) => csv(events.map((event) => Object.values(columns).map((cell) => cell(event, head)))),
    between: "",
    end: "",
  },
  json: {
    type: "application/json; charset=utf-8",
    begin: (head) => `${JSON.stringify(head).slice(0, -1)},"events":[\n`,
    rows: (events) => events.map((event) => JSON.stringify(event)).join(",\n"),
    between: ",\n",
    end: "\n]}\n",
  },
};
