import { In } from "typeorm";
import { audit } from "../../platform/audit/audit.js";
import type { Context } from "../../platform/context.js";
import { newId } from "../../platform/database/ids.js";
import { transact, type Transaction } from "../../platform/database/transact.js";
import type { CityFinder } from "../cities/index.js";
import { Event, insertEvents, insertIdentifiers, type NewEvent } from "../events/index.js";
import { importChanged } from "./import.changes.js";
import { EventImport, ImportFile, ImportProblem } from "./import.js";
import { eventOf, identifierOf, keyOf } from "./import.judge.js";
import type { Row } from "./import.rows.js";
import { ImportStatus } from "./import.values.js";

const batchRows = 100;

/** What became of the rows of a batch. */
interface Outcome {
  events: NewEvent[];
  identifiers: { eventId: string; identifier: string }[];
  unchanged: number;
  rejected: Row[];
}

/**
 * Deals with the next rows, and notes in the same transaction that it did: whoever comes after a worker that was
 * killed goes on behind them. Tells whether rows are left.
 */
export async function importBatch(
  tx: Transaction,
  importId: string,
  rows: Row[],
  cities: CityFinder,
): Promise<boolean> {
  const found = await lockImport(tx, importId);
  if (!found) return false;
  const batch = rows.slice(found.done, found.done + batchRows).map((row) => row.copy());
  const { events, identifiers, unchanged, rejected } = judge(batch, await knownKeys(tx, batch, found), cities, found);
  if (!found.dryRun) {
    await insertEvents(tx, events, found.organizationId);
    await insertIdentifiers(tx, identifiers);
  }
  await tellProblems(tx, importId, rejected);
  const done = found.done + batch.length;
  const counts = {
    rows: rows.length,
    done,
    accepted: found.accepted + events.length,
    unchanged: found.unchanged + unchanged,
    rejected: found.rejected + rejected.length,
  };
  await tx.db.update(EventImport, { id: importId }, { ...counts, status: ImportStatus.RUNNING });
  if (done === rows.length) await end(tx, found, { status: ImportStatus.DONE });
  importChanged(tx, importId);
  return done < rows.length;
}

/** Ends an import before its last row. */
export const failImport = (ctx: Context, importId: string, failure: string): Promise<void> =>
  transact(ctx, "importEvents", async (tx) => {
    const found = await lockImport(tx, importId);
    if (!found) return;
    await end(tx, found, { status: ImportStatus.FAILED, failure });
    importChanged(tx, importId);
  });

/** The import, locked, and its campaign's imports with it; null when it is over. */
async function lockImport(tx: Transaction, id: string): Promise<EventImport | null> {
  const found = await tx.db.findOne(EventImport, { where: { id }, lock: { mode: "pessimistic_write" } });
  if (!found || found.finishedAt) return null;
  // Two imports that bring the same row at once would both find it new.
  await tx.db.query("SELECT pg_advisory_xact_lock(hashtextextended('import ' || $1, 0))", [found.campaignId]);
  return found;
}

/** Those of the rows' keys that the campaign has an event of. */
async function knownKeys(tx: Transaction, rows: Row[], { campaignId, format }: EventImport): Promise<Set<string>> {
  const keys = rows.map((row) => keyOf(row, format)).filter((key) => key !== null);
  const known = await tx.db.find(Event, { select: { importKey: true }, where: { campaignId, importKey: In(keys) } });
  return new Set(known.map(({ importKey }) => importKey!));
}

function judge(rows: Row[], known: Set<string>, cities: CityFinder, of: EventImport): Outcome {
  const outcome: Outcome = { events: [], identifiers: [], unchanged: 0, rejected: [] };
  for (const row of rows) {
    const isKnown = row.faults.length === 0 && known.has(keyOf(row, of.format) ?? "");
    const event = isKnown ? null : eventOf(row, cities, of);
    if (isKnown) outcome.unchanged++;
    else if (event) {
      outcome.events.push(event);
      const identifier = identifierOf(row, of.format);
      if (identifier) outcome.identifiers.push({ eventId: event.id, identifier });
    } else outcome.rejected.push(row);
  }
  return outcome;
}

async function tellProblems(tx: Transaction, importId: string, rows: Row[]): Promise<void> {
  const problems = rows.flatMap(({ line, faults }) =>
    faults.map((fault) => ({ id: newId(), importId, line, ...fault })),
  );
  if (problems.length > 0) await tx.db.insert(ImportProblem, problems);
}

async function end(
  tx: Transaction,
  { id, campaignId }: EventImport,
  how: Pick<EventImport, "status"> & Partial<Pick<EventImport, "failure">>,
): Promise<void> {
  await tx.db.update(EventImport, { id }, { ...how, finishedAt: tx.now() });
  await tx.db.delete(ImportFile, { importId: id });
  await audit(tx, { type: "EventImport", id, scopes: [id, campaignId] });
}
