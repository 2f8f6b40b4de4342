import { constantFrom, nat } from "fast-check";
import { TurnoutMethod, TurnoutSource } from "../../src/features/turnout/index.js";
import { type CountedReport, estimate } from "../../src/features/turnout/turnout.estimate.js";

const noon = Date.parse("2026-01-23T12:00:00Z");
export const at = (minutes: number): Date => new Date(noon + minutes * 60_000);

let made = 0;
/** A report of noon by a voice of its own: a peacekeeper who judged by eye, unless told. */
export const says = (low: number, high = low, facts: Partial<CountedReport> = {}): CountedReport => ({
  id: `report ${++made}`,
  reporter: `voice ${made}`,
  low,
  high,
  method: null,
  source: TurnoutSource.PEACEKEEPER,
  vouched: false,
  observedAt: at(0),
  receivedAt: facts.observedAt ?? at(0),
  ...facts,
});
export const unknown = (low: number, high = low, facts: Partial<CountedReport> = {}): CountedReport =>
  says(low, high, { source: TurnoutSource.PUBLIC, ...facts });
export const current = (...reports: CountedReport[]): [number | null, number | null] => {
  const { low, high } = estimate(reports, null);
  return [low, high];
};
export const peak = (...reports: CountedReport[]): [number | null, number | null] => {
  const { peakLow, peakHigh } = estimate(reports, null);
  return [peakLow, peakHigh];
};

/** Any number of people, and any way to count them. */
export const size = nat({ max: 20_000 });
export const anyMethod = constantFrom(null, ...Object.values(TurnoutMethod));
