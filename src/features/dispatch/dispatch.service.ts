import { IsNull } from "typeorm";
import { audit } from "../../platform/audit/audit.js";
import { allow, type Context, signedIn } from "../../platform/context.js";
import { transactOnce } from "../../platform/database/idempotency.js";
import { fromGlobalId, newId } from "../../platform/database/ids.js";
import type { Transaction } from "../../platform/database/transact.js";
import { ErrorReason, Refusal } from "../../platform/errors.js";
import { ChangeKind } from "../../platform/graphql/live.js";
import { tidy } from "../../platform/graphql/text.js";
import { type Event, lockEventOf, type LockedEvent } from "../events/index.js";
import { canManageOrganization, lockOrganization, OrganizationStatus } from "../organizations/index.js";
import { dispatchChanged } from "./dispatch.changes.js";
import type { PromisePeacekeepersInput } from "./dispatch.inputs.js";
import { type DispatchAnswer, lockDispatch, type OfDispatch, refusePast } from "./dispatch.lock.js";
import { DispatchName, DispatchPledge, type DispatchRow } from "./dispatch.js";
import { DispatchStatus } from "./dispatch.values.js";

/** Promises so many peacekeepers for an event, or says another number; again is harmless. */
export function promisePeacekeepers(ctx: Context, input: PromisePeacekeepersInput): Promise<DispatchAnswer> {
  const viewer = signedIn(ctx);
  return transactOnce(ctx, "promisePeacekeepers", input, async (tx) => {
    const event = await lockEventOf(tx, input, "pessimistic_read");
    const organization = await lockOrganization(tx, input.organizationId, "input.organizationId");
    const what = "promise peacekeepers of this organization: its owners and admins may";
    allow(canManageOrganization(viewer, organization.id), what);
    if (organization.status !== OrganizationStatus.LISTED)
      throw new Refusal("CONFLICT", "The organization is not listed.", { reason: ErrorReason.ORGANIZATION_NOT_LISTED });
    refusePast(tx, event);
    return { dispatchId: await promise(tx, event, organization.id, input) };
  });
}

/** The lock on the organization's row lets its admins make one promise at a time. */
async function promise(
  tx: Transaction,
  event: LockedEvent,
  organizationId: string,
  { count, note }: Pick<PromisePeacekeepersInput, "count" | "note">,
): Promise<string> {
  const before = await tx.db.findOneBy(DispatchPledge, { organizationId, eventId: event.id });
  const status = DispatchStatus.PROMISED;
  const said = { count, status, ...(note === undefined ? {} : { note: tidy(note) }) };
  if (!before) {
    const id = newId();
    await tx.db.insert(DispatchPledge, { id, organizationId, eventId: event.id, promisedAt: tx.now(), ...said });
    await noted(tx, event, { id, organizationId }, ["count"], ChangeKind.CREATED);
    return id;
  }
  const pledge = await tx.db.findOneOrFail(DispatchPledge, {
    where: { id: before.id },
    lock: { mode: "for_no_key_update" },
  });
  await change(tx, event, pledge, said);
  return pledge.id;
}

async function change(tx: Transaction, event: Event, pledge: DispatchRow, said: Partial<DispatchRow>): Promise<void> {
  if (said.count! < pledge.named)
    throw new Refusal("CONFLICT", `${pledge.named} are named already; take names back first.`, {
      reason: ErrorReason.MORE_ARE_NAMED,
    });
  const fields = (Object.keys(said) as (keyof DispatchRow)[]).filter((field) => said[field] !== pledge[field]);
  if (fields.length === 0) return;
  await tx.db.update(DispatchPledge, { id: pledge.id }, { ...said, promisedAt: tx.now() });
  await noted(tx, event, pledge, fields);
}

/** Takes a promise back, or declines one for one's event; those named for it are so no longer. Again is harmless. */
export function withdrawDispatch(ctx: Context, input: OfDispatch): Promise<DispatchAnswer> {
  signedIn(ctx);
  return transactOnce(ctx, "withdrawDispatch", input, async (tx) => {
    const at = await lockDispatch(tx, fromGlobalId("DispatchPledge", input.dispatchId, "input.dispatchId"));
    const { pledge, event } = at;
    if (pledge.status === DispatchStatus.WITHDRAWN) return { dispatchId: pledge.id };
    await tx.db.update(DispatchPledge, { id: pledge.id }, { status: DispatchStatus.WITHDRAWN, named: 0 });
    await tx.db.update(DispatchName, { pledgeId: pledge.id, removedAt: IsNull() }, { removedAt: tx.now() });
    await noted(tx, event, pledge, ["status"]);
    return { dispatchId: pledge.id };
  });
}

/** Tells those who watch, and keeps who did it. */
export async function noted(
  tx: Transaction,
  event: Event,
  { id, organizationId }: Pick<DispatchRow, "id" | "organizationId">,
  fields: string[],
  kind = ChangeKind.UPDATED,
): Promise<void> {
  dispatchChanged(tx, event, id, kind);
  await audit(tx, { type: "DispatchPledge", id, scopes: [organizationId, event.id, event.campaignId], fields });
}
