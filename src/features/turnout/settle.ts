import { pipelined } from "../../platform/database/pipelined.js";
import { prepared } from "../../platform/database/prepared.js";
import { newId } from "../../platform/database/ids.js";
import type { Transaction } from "../../platform/database/transact.js";
import { tellOutgrown } from "../shifts/index.js";
import { turnoutChanged } from "./turnout.changes.js";
import { lockSql, makeSql, standingsSql } from "./settle.sql.js";
import { keepReports, knownReports } from "./standing.known.js";
import { type EventStanding, type Ground, groundsOf, standingOf } from "./standing.js";

interface Moved {
  eventId: string;
  campaignId: string | null;
  cityId: string;
  wasCityId: string;
  high: number | null;
}

const lockRows = prepared("lock_turnouts", lockSql);
const makeRows = prepared("make_turnouts", makeSql);
const writeStandings = prepared<Moved>("turnout_standings", standingsSql);

/** Takes the turnout of events before anything is read that it depends on. */
export async function lockTurnouts(tx: Transaction, eventIds: string[]): Promise<void> {
  const locked = await lockRows(tx, [eventIds]);
  if (locked.length === eventIds.length) return;
  await makeRows(tx, [eventIds, tx.now()]);
  await lockRows(tx, [eventIds]);
}

/** What the turnout of some different events comes of, which is locked. */
export async function groundsIn(tx: Transaction, eventIds: string[]): Promise<Ground[]> {
  await lockTurnouts(tx, eventIds);
  return groundsOf(tx, eventIds);
}

/**
 * The same, by event, of those that have a row yet, for who has touched none of their reports in this transaction: what this
 * node knows of them need not be read.
 */
export async function peekGrounds(tx: Transaction, eventIds: string[]): Promise<Map<string, Ground>> {
  // What is read is what stood there when the lock was had.
  const [, grounds] = await pipelined([lockRows(tx, [eventIds]), groundsOf(tx, eventIds, knownReports(tx))]);
  return new Map(grounds.map((ground) => [ground.fact.eventId, ground]));
}

/**
 * Makes the turnout of events what their reports come to now, and the sums with it. To be called after everything that may
 * move it: a report, a review, a quarantine, an event that is no longer public.
 */
export async function settleTurnouts(tx: Transaction, eventIds: string[]): Promise<void> {
  if (eventIds.length > 0) await settle(tx, await groundsIn(tx, eventIds));
}

/** The same from what {@link groundsIn} gave, with what this transaction has added. */
export async function settle(tx: Transaction, grounds: Ground[]): Promise<void> {
  const stamp = newId();
  const moved = await writeAll(tx, grounds.map(standingOf), stamp);
  keepReports(tx, grounds, stamp);
  for (const event of moved) turnoutChanged(tx, event);
  const was = new Map(grounds.map(({ fact }) => [fact.eventId, fact.wasHigh ?? 0]));
  const grown = moved.filter(({ eventId, high }) => high !== null && high > was.get(eventId)!);
  await tellOutgrown(
    tx,
    grown.map(({ eventId }) => eventId),
  );
}

const writeAll = (tx: Transaction, standings: EventStanding[], stamp: string): Promise<Moved[]> =>
  writeStandings(tx, [JSON.stringify(standings), tx.now(), standings.map((standing) => standing.event_id), stamp]);
