import { createHash } from "node:crypto";
import type { FindOneOptions } from "typeorm";
import { audit } from "../../platform/audit/audit.js";
import { allow, type Context, signedIn } from "../../platform/context.js";
import { transactOnce } from "../../platform/database/idempotency.js";
import { fromGlobalId, newId } from "../../platform/database/ids.js";
import { transact } from "../../platform/database/transact.js";
import { badInput, ErrorReason, Refusal } from "../../platform/errors.js";
import { enqueue } from "../../platform/jobs/queue.js";
import { Campaign, canSeeCampaign } from "../campaigns/index.js";
import { importChanged } from "./import.changes.js";
import { checkFile } from "./import.file.js";
import { formats } from "./import.formats.js";
import type { StartImportInput } from "./import.inputs.js";
import { EventImport, ImportFile } from "./import.js";
import { canImport } from "./import.policy.js";
import { imports } from "./import.run.js";
import { ImportStatus } from "./import.values.js";

/** Makes an import that waits for its file. */
export function startImport(ctx: Context, input: StartImportInput): Promise<{ importId: string }> {
  const viewer = signedIn(ctx);
  return transactOnce(ctx, "startImport", input, async (tx) => {
    const campaignId = fromGlobalId("Campaign", input.campaignId, "input.campaignId");
    const campaign = await tx.db.findOneBy(Campaign, { id: campaignId });
    if (!campaign || !canSeeCampaign(viewer, campaign))
      throw badInput("input.campaignId", "is not the id of a campaign; see `campaigns`");
    allow(canImport(viewer, campaignId), "import events into this campaign: only its staff may");
    const organizationId = input.organizationId
      ? fromGlobalId("Organization", input.organizationId, "input.organizationId")
      : null;
    if (organizationId)
      allow(viewer.adminOf.includes(organizationId), "host in the name of this organization: you are not its admin");
    const id = newId();
    const { format, dryRun, publish } = input;
    const asked = { campaignId, organizationId, format, dryRun, publish };
    const status = ImportStatus.AWAITING_FILE;
    await tx.db.insert(EventImport, { id, createdBy: viewer.personId, ...asked, status, createdAt: tx.now() });
    await audit(tx, { type: "EventImport", id, scopes: [id, campaignId] });
    return { importId: id };
  });
}

/** The import of an id that a client sent; for those who may not see it there is none. */
async function findImport(
  ctx: Context,
  globalId: string,
  options: FindOneOptions<EventImport> = {},
): Promise<EventImport> {
  const viewer = signedIn(ctx);
  const id = fromGlobalId("EventImport", globalId, "id");
  const found = await ctx.db.findOne(EventImport, { where: { id }, ...options });
  if (!found || !canImport(viewer, found.campaignId)) throw new Refusal("NOT_FOUND", "There is no such import.");
  return found;
}

/** Refuses whoever may not send the file of an import: before any of it is received. */
export const refuseSender = async (ctx: Context, globalId: string): Promise<void> =>
  void (await findImport(ctx, globalId));

/** Takes the file of an import and has its rows worked on; the same file again is harmless. */
export function receiveFile(ctx: Context, globalId: string, contents: Buffer): Promise<ImportStatus> {
  return transact(ctx, "receiveImportFile", async (tx) => {
    const found = await findImport(tx, globalId, { lock: { mode: "pessimistic_write" } });
    const { id } = found;
    const fileHash = createHash("sha256").update(contents).digest();
    if (found.fileHash?.equals(fileHash)) return found.status;
    if (found.status !== ImportStatus.AWAITING_FILE)
      throw new Refusal("CONFLICT", "This import has another file already; start a new one.", {
        reason: ErrorReason.IMPORT_HAS_FILE,
      });
    checkFile(contents, formats[found.format].columns);
    await tx.db.insert(ImportFile, { importId: id, contents });
    await tx.db.update(EventImport, { id }, { status: ImportStatus.QUEUED, fileHash });
    await enqueue(tx, imports, [{ importId: id }]);
    importChanged(tx, id);
    await audit(tx, { type: "EventImport", id, scopes: [id, found.campaignId] });
    return ImportStatus.QUEUED;
  });
}
