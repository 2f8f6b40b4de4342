import { TurnoutMethod, TurnoutSource } from "./turnout.values.js";

/** A report that counts: accepted, not replaced or taken back, of a reporter who is not quarantined. */
export interface CountedReport {
  id: string;
  /** Whose voice it is. */
  reporter: string;
  low: number;
  high: number;
  method: TurnoutMethod | null;
  source: TurnoutSource;
  /** Whether a reviewer accepted it by hand. */
  vouched: boolean;
  observedAt: Date;
  receivedAt: Date;
}

export interface Interval {
  low: number;
  high: number;
}

/** What the reports of an event come to. Without a trusted report there is no interval; unknown is null. */
export interface Estimate {
  low: number | null;
  high: number | null;
  peakLow: number | null;
  peakHigh: number | null;
  /** What the reports themselves say, trusted or not: the least low, the greatest high, the median of the middles. */
  lowest: number | null;
  highest: number | null;
  median: number | null;
  reports: number;
  conflict: boolean;
  /** The latest trusted observation: how fresh the interval is. */
  observedAt: Date | null;
}

// docs/turnout.md says where these numbers come from.
const trust: Record<TurnoutSource, number> = {
  STAFF: 4,
  PEACEKEEPER: 3,
  HOST: 2,
  PRESS: 2,
  OFFICIAL: 2,
  PUBLIC: 1,
};
const care: Record<TurnoutMethod, number> = {
  HEADCOUNT: 4,
  CLICKER: 4,
  MARCH_PASS_ROWS: 3,
  AREA_DENSITY: 3,
  AERIAL: 2,
  PHOTO: 2,
  VIDEO: 2,
  EYEWITNESS: 1,
  MEDIA: 1,
  OFFICIAL: 1,
};
const minute = 60_000;
const stretchMs = 15 * minute;

/** A report on the scales: `weight` is what it weighs at the moment that is looked at. */
interface Voice extends Interval {
  reporter: string;
  at: number;
  trusted: boolean;
  worth: number;
  weight: number;
}

/** What the reports of an event come to, whatever order they stand in; a closed event keeps its number. */
export function estimate(reports: readonly CountedReport[], closing: Interval | "peak" | null): Estimate {
  const voices = [...reports].sort(byObservation).map(weighable);
  const moments = momentsOf(voices);
  const now = moments.at(-1);
  const peak = moments.reduce<Interval | undefined>((most, next) => (most && sum(most) > sum(next) ? most : next), now);
  const closed = closing === "peak" ? peak : closing;
  const { low = null, high = null } = closed ?? now ?? {};
  const { low: peakLow = null, high: peakHigh = null } = closed ?? peak ?? {};
  // The voices still weigh what they did at the last moment.
  const conflict = !closing && apart(voices.filter(({ trusted, weight }) => trusted && weight > 0));
  return { low, high, peakLow, peakHigh, ...rangeOf(reports), conflict, observedAt: freshest(voices) };
}

const sum = ({ low, high }: Interval): number => low + high;

const byObservation = (one: CountedReport, other: CountedReport): number =>
  one.observedAt.getTime() - other.observedAt.getTime() ||
  one.receivedAt.getTime() - other.receivedAt.getTime() ||
  (one.id < other.id ? -1 : 1);

const weighable = (report: CountedReport): Voice => ({
  reporter: report.reporter,
  low: report.low,
  high: report.high,
  at: report.observedAt.getTime(),
  trusted: report.vouched || report.source !== TurnoutSource.PUBLIC,
  worth: trust[report.source] * (report.method ? care[report.method] : 1),
  weight: 0,
});

/** The interval at the last observation of each quarter of an hour that has one, from the first trusted report on. */
function momentsOf(voices: Voice[]): Interval[] {
  const orders = { low: [...voices].sort((a, b) => a.low - b.low), high: [...voices].sort((a, b) => a.high - b.high) };
  const words = new Map<string, Voice>();
  const moments: Interval[] = [];
  voices.forEach((voice, index) => {
    speak(words, voice);
    const next = voices[index + 1];
    if (next && Math.floor(next.at / stretchMs) === Math.floor(voice.at / stretchMs)) return;
    const total = weigh([...words.values()]);
    if (total > 0) moments.push({ low: middle(orders.low, "low", total), high: middle(orders.high, "high", total) });
  });
  return moments;
}

/** A voice's latest word counts; what somebody trusted or vouched for gives way only to the like. */
function speak(words: Map<string, Voice>, voice: Voice): void {
  const before = words.get(voice.reporter);
  if (before?.trusted && !voice.trusted) return;
  if (before) before.weight = 0;
  words.set(voice.reporter, voice);
}

/** Sets what each word weighs, and adds it up: the unknown together at most half of the trusted, in whole numbers. */
function weigh(words: Voice[]): number {
  const anchor = words.reduce((latest, { at, trusted }) => (trusted && at > latest ? at : latest), -Infinity);
  let [trusted, unknown] = [0, 0];
  for (const word of words) {
    word.weight = word.worth * freshness(anchor - word.at);
    if (word.trusted) trusted += word.weight;
    else unknown += word.weight;
  }
  if (2 * unknown <= trusted) return trusted + unknown;
  for (const word of words) word.weight *= word.trusted ? 2 * unknown : trusted;
  return 3 * trusted * unknown;
}

/** Younger than the latest trusted observation is fresh too: nobody unknown makes the trusted look old. */
const freshness = (age: number): number =>
  age < 15 * minute ? 4 : age <= 30 * minute ? 2 : age <= 60 * minute ? 1 : 0;

/** The lower weighted median: the least value at or below which half of the weight stands. */
function middle(ordered: Voice[], end: keyof Interval, total: number): number {
  let passed = 0;
  for (const voice of ordered) if (2 * (passed += voice.weight) >= total) return voice[end];
  throw new Error("The weights do not come to their total.");
}

const apart = (voices: Interval[]): boolean =>
  Math.max(...voices.map(({ low }) => low)) > 1.5 * Math.min(...voices.map(({ high }) => high)) + 10;

function freshest(voices: Voice[]): Date | null {
  const last = voices.findLast(({ trusted }) => trusted);
  return last ? new Date(last.at) : null;
}

/** What reports themselves say. */
export function rangeOf(reports: readonly Interval[]): Pick<Estimate, "lowest" | "highest" | "median" | "reports"> {
  if (reports.length === 0) return { lowest: null, highest: null, median: null, reports: 0 };
  const sums = reports.map(sum).sort((a, b) => a - b);
  const half = sums.length >> 1;
  return {
    lowest: Math.min(...reports.map(({ low }) => low)),
    highest: Math.max(...reports.map(({ high }) => high)),
    median: (sums[half]! + sums[sums.length - 1 - half]!) / 4,
    reports: reports.length,
  };
}
