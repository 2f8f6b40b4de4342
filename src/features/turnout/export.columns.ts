import type { Cell } from "../../platform/csv.js";
import type { ExportedEvent, ExportHead } from "./export.js";
import { typeWords } from "./export.types.js";

const list = (values: string[]): string => values.join("; ");

const meanOf = ({ turnout: { peakLow, peakHigh } }: ExportedEvent): number | null =>
  peakLow === null || peakHigh === null ? null : (peakLow + peakHigh) / 2;

/** The order of magnitude of a size: 1 is below 100; 0 is for what is not known, and for nothing else. */
export function categoryOf(mean: number | null): number {
  if (mean === null) return 0;
  return 1 + [100, 1_000, 10_000].filter((least) => mean >= least).length;
}

/** Columns of the Crowd Counting Consortium in the order of its dictionary, and after them our own. */
export const columns: Record<string, (event: ExportedEvent, head: ExportHead) => Cell> = {
  date: ({ startsOn }) => startsOn,
  locality: ({ locality }) => locality,
  state: ({ region }) => region,
  location_detail: ({ venue, addressLines }) => [venue, ...(addressLines ?? [])].filter(Boolean).join(", "),
  online: ({ online }) => Number(online),
  type: ({ type }) => typeWords[type],
  title: ({ title }) => title,
  macroevent: (_event, { campaign }) => campaign.title,
  actors: ({ hosts }) => list(hosts),
  claims: (_event, { campaign }) => list(campaign.demands),
  size_low: ({ turnout }) => turnout.peakLow,
  size_high: ({ turnout }) => turnout.peakHigh,
  size_mean: meanOf,
  // What reporters wrote is for those concerned with the event: it may hold anything.
  size_text: () => null,
  size_cat: (event) => categoryOf(meanOf(event)),
  source_1: ({ coverage }) => coverage,
  lat: ({ city }) => city.latitude,
  lon: ({ city }) => city.longitude,
  resolved_locality: ({ city }) => city.name,
  resolved_state: ({ city }) => city.region,
  id: ({ id }) => id,
  turnout_state: ({ turnout }) => turnout.state,
  reports: ({ turnout }) => turnout.reports,
  latest_low: ({ turnout }) => turnout.low,
  latest_high: ({ turnout }) => turnout.high,
};
