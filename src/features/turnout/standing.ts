import type { Context } from "../../platform/context.js";
import { prepared } from "../../platform/database/prepared.js";
import { groundsSql } from "./settle.sql.js";
import { type CountedReport, type Estimate, estimate, rangeOf } from "./turnout.estimate.js";
import { TurnoutState } from "./turnout.values.js";

/** What an event's standing depends on beside its reports. */
export interface StandingFacts {
  eventId: string;
  campaignId: string | null;
  cityId: string;
  counted: boolean;
  closed: TurnoutState.FINAL | TurnoutState.CERTIFIED | null;
  closingLow: number | null;
  closingHigh: number | null;
  closingReportId: string | null;
  wasLow: number | null;
  wasHigh: number | null;
  wasObservedAt: Date | null;
}

/** An event's standing, as its columns. */
export interface EventStanding {
  event_id: string;
  campaign_id: string | null;
  city_id: string;
  counted: boolean;
  state: TurnoutState;
  low: number | null;
  high: number | null;
  peak_low: number | null;
  peak_high: number | null;
  lowest: number | null;
  highest: number | null;
  median: number | null;
  reports: number;
  observed_at: Date | null;
}

/** A report that counts, whether or not its size is known. */
export interface Counted extends Omit<CountedReport, "low" | "high"> {
  low: number | null;
  high: number | null;
  said: boolean;
  weighed: boolean;
}

/** As {@link groundsSql} gives them: in this order, with instants as numbers. */
type Values = [
  id: string,
  reporter: string,
  low: number | null,
  high: number | null,
  method: Counted["method"],
  source: Counted["source"],
  vouched: boolean,
  observedAt: number,
  receivedAt: number,
  said: boolean,
  weighed: boolean,
];

const read = prepared<StandingFacts & { reports: Values[] | null }>("turnout_grounds", groundsSql);

const countedOf = ([
  id,
  reporter,
  low,
  high,
  method,
  source,
  vouched,
  observed,
  received,
  ...stands
]: Values): Counted => ({
  id,
  reporter,
  low,
  high,
  method,
  source,
  vouched,
  observedAt: new Date(observed),
  receivedAt: new Date(received),
  said: stands[0],
  weighed: stands[1],
});

/** All that the standing of an event comes of. */
export interface Ground {
  fact: StandingFacts;
  reports: Counted[];
  /** The kept number does not know yet what was added to the reports, or taken from them. */
  moved: boolean;
}

/** The reports that count of an event as somebody has read them, and what stamps them. */
export interface KnownReports {
  stamp: string;
  reports: readonly Counted[];
}

/** What the standings of events come of now; reports that are known are not read again. */
export async function groundsOf(
  reading: Pick<Context, "db" | "pool">,
  eventIds: string[],
  knownReports?: Pick<Map<string, KnownReports>, "get">,
): Promise<Ground[]> {
  const known = new Map(eventIds.map((id) => [id, knownReports?.get(id)]));
  const rows = await read(reading, [eventIds, eventIds.map((id) => known.get(id)?.stamp ?? null)]);
  return rows.map(({ reports, ...fact }) => ({
    fact,
    reports: reports?.map(countedOf) ?? [...known.get(fact.eventId)!.reports],
    moved: false,
  }));
}

export function standingOf({ fact, reports }: Pick<Ground, "fact" | "reports">): EventStanding {
  const sized = reports.filter((report): report is Counted & CountedReport => report.low !== null);
  const said = sized.filter((report) => report.said);
  const closed = fact.closed && closedOf(fact, sized);
  const known = { ...(closed ?? estimate(said, null)), ...rangeOf(said) };
  const { eventId: event_id, campaignId: campaign_id, cityId: city_id, counted } = fact;
  const { low, high, peakLow: peak_low, peakHigh: peak_high, lowest, highest, median, observedAt: observed_at } = known;
  const state = closed ? fact.closed! : stateOf(known);
  const all = reports.filter((report) => report.said).length;
  const numbers = { low, high, peak_low, peak_high, lowest, highest, median, reports: all, observed_at };
  return { event_id, campaign_id, city_id, counted, state, ...numbers };
}

/** The number that an event was closed with; null when nothing is left of it, as after a quarantine: then it is open. */
function closedOf({ closingLow, closingHigh }: StandingFacts, sized: (Counted & CountedReport)[]): Estimate | null {
  const stated = closingLow === null || closingHigh === null ? "peak" : { low: closingLow, high: closingHigh };
  const closed = estimate(
    sized.filter((report) => report.weighed),
    stated,
  );
  return closed.low === null ? null : closed;
}

function stateOf({ low, conflict }: Estimate): TurnoutState {
  if (low === null) return TurnoutState.MISSING;
  return conflict ? TurnoutState.CONFLICT : TurnoutState.PARTIAL;
}
