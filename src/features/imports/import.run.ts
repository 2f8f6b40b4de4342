import { randomUUID } from "node:crypto";
import { type Context, newContext, type Services } from "../../platform/context.js";
import { transact } from "../../platform/database/transact.js";
import { Refusal } from "../../platform/errors.js";
import { enqueue, queue } from "../../platform/jobs/queue.js";
import { openCityFinder } from "../cities/index.js";
import { failImport, importBatch } from "./import.batch.js";
import { readRows } from "./import.file.js";
import { EventImport, ImportFile } from "./import.js";
import { rejectDoubles } from "./import.judge.js";
import { canGoOn } from "./import.policy.js";
import type { Row } from "./import.rows.js";

interface Job {
  importId: string;
}

/** Works on the rows of imports. */
export const imports = queue<Job>("imports", runImport);

/** So many batches a job: a few seconds, well within the time that a job has. */
const batchesAtOnce = 20;

/** Goes on with an import where it stands, for a stretch; then another job does. */
async function runImport(services: Services, { importId }: Job): Promise<void> {
  const found = await services.db.findOneBy(EventImport, { id: importId });
  const file = await services.db.findOneBy(ImportFile, { importId });
  if (!found || !file) return;
  const rows = await rowsOf(file, found);
  if (rows instanceof Refusal) return failImport(await contextOf(services, found), importId, rows.message);
  const cities = await openCityFinder(services.db);
  for (let left = batchesAtOnce; left > 0; left--) {
    const ctx = await contextOf(services, found);
    // Rights as they are now: whoever has left the staff lets nothing more in.
    if (!canGoOn(ctx.viewer, found))
      return failImport(ctx, importId, "Whoever started it may no longer: somebody who may has to start it anew.");
    const more = await transact(ctx, "importEvents", async (tx) => {
      const goesOn = await importBatch(tx, importId, rows, cities);
      if (goesOn && left === 1) await enqueue(tx, imports, [{ importId }]);
      return goesOn;
    });
    if (!more) return;
  }
}

async function contextOf(services: Services, { createdBy }: EventImport): Promise<Context> {
  const viewer = createdBy === null ? null : await services.viewerOfPerson(createdBy);
  return newContext(services, { viewer, requestId: randomUUID(), address: "" });
}

async function rowsOf(file: ImportFile, { format }: EventImport): Promise<Row[] | Refusal> {
  try {
    const rows = await readRows(file.contents);
    rejectDoubles(rows, format);
    return rows;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}
