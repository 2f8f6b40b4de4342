import { audit } from "../../platform/audit/audit.js";
import { allow, type Context, signedIn } from "../../platform/context.js";
import { transactOnce } from "../../platform/database/idempotency.js";
import type { Transaction } from "../../platform/database/transact.js";
import { ErrorReason, Refusal } from "../../platform/errors.js";
import { organizationChanged } from "./organization.changes.js";
import type { ParentInput } from "./organization.inputs.js";
import { Organization } from "./organization.js";
import { askParent } from "./organization.letters.js";
import { lockAllOrganizations } from "./organization.names.js";
import { canManage } from "./organization.policy.js";
import { lockOrganization } from "./organization.service.js";
import { ParentStatus } from "./organization.values.js";

const mostLevels = 5;

/** The two that a tie is between. */
export interface ParentAnswer {
  localId: string;
  parentId: string;
}

interface Pair {
  local: Organization;
  parent: Organization;
}

/** Asks a parent to take the organization as its local; a request to another parent is replaced. */
export function requestParent(ctx: Context, input: ParentInput): Promise<ParentAnswer> {
  const viewer = signedIn(ctx);
  return withBoth(ctx, "requestParent", input, async (tx, { local, parent }) => {
    allow(canManage(viewer, local.id), "ask in the name of this organization: its owners and admins may");
    if (local.parentId === parent.id) return;
    if (local.parentStatus === ParentStatus.ACCEPTED)
      throw new Refusal("CONFLICT", "It is a local of another organization; leave that one first.", {
        reason: ErrorReason.HAS_PARENT,
      });
    await checkTree(tx, local.id, parent.id);
    await tie(tx, { local, parent }, ParentStatus.PENDING);
    await askParent(tx, local.id, parent.id);
  });
}

/** Takes an organization that has asked as a local. */
export function acceptLocal(ctx: Context, input: ParentInput): Promise<ParentAnswer> {
  const viewer = signedIn(ctx);
  return withBoth(ctx, "acceptLocal", input, async (tx, { local, parent }) => {
    allow(canManage(viewer, parent.id), "accept locals of this organization: its owners and admins may");
    if (local.parentId !== parent.id) throw notAsked();
    if (local.parentStatus === ParentStatus.ACCEPTED) return;
    await checkTree(tx, local.id, parent.id);
    await tie(tx, { local, parent }, ParentStatus.ACCEPTED);
  });
}

/** Says no to an organization that has asked. */
export function declineLocal(ctx: Context, input: ParentInput): Promise<ParentAnswer> {
  const viewer = signedIn(ctx);
  return withBoth(ctx, "declineLocal", input, async (tx, { local, parent }) => {
    allow(canManage(viewer, parent.id), "decline locals of this organization: its owners and admins may");
    if (local.parentId !== parent.id) return;
    if (local.parentStatus === ParentStatus.ACCEPTED) throw notAsked();
    await tie(tx, { local, parent }, null);
  });
}

/** Ends the tie, or takes back the request; either side may. */
export function leaveParent(ctx: Context, input: ParentInput): Promise<ParentAnswer> {
  const viewer = signedIn(ctx);
  return withBoth(ctx, "leaveParent", input, async (tx, { local, parent }) => {
    allow(
      canManage(viewer, local.id) || canManage(viewer, parent.id),
      "part these organizations: owners and admins of either may",
    );
    if (local.parentId === parent.id) await tie(tx, { local, parent }, null);
  });
}

const notAsked = (): Refusal =>
  new Refusal("CONFLICT", "No request of this organization waits for an answer.", {
    reason: ErrorReason.PARENT_NOT_REQUESTED,
  });

function withBoth(
  ctx: Context,
  operation: string,
  input: ParentInput,
  recipe: (tx: Transaction, pair: Pair) => Promise<void>,
): Promise<ParentAnswer> {
  return transactOnce(ctx, operation, input, async (tx) => {
    // A cycle may close over any number of rows: ties are made one at a time.
    await lockAllOrganizations(tx);
    const local = await lockOrganization(tx, input.organizationId, "input.organizationId");
    const parent = await lockOrganization(tx, input.parentId, "input.parentId");
    await recipe(tx, { local, parent });
    return { localId: local.id, parentId: parent.id };
  });
}

async function tie(tx: Transaction, { local, parent }: Pair, parentStatus: ParentStatus | null): Promise<void> {
  await tx.db.update(Organization, { id: local.id }, { parentId: parentStatus ? parent.id : null, parentStatus });
  organizationChanged(tx, local, local);
  await audit(tx, { type: "Organization", id: local.id, scopes: [local.id, parent.id], fields: ["parent"] });
}

/** Refuses what would be its own ancestor, and a sixth level. */
async function checkTree(tx: Transaction, localId: string, parentId: string): Promise<void> {
  const [{ circular, levels }]: [{ circular: boolean; levels: number }] = await tx.db.query(
    `WITH RECURSIVE above AS (
       SELECT id, parent_id, parent_status, 1 AS level FROM organizations WHERE id = $2
       UNION ALL
       SELECT o.id, o.parent_id, o.parent_status, level + 1 FROM above a
       JOIN organizations o ON o.id = a.parent_id AND a.parent_status = 'ACCEPTED'
     ), below AS (
       SELECT id, 1 AS level FROM organizations WHERE id = $1
       UNION ALL
       SELECT o.id, level + 1 FROM below b JOIN organizations o ON o.parent_id = b.id AND o.parent_status = 'ACCEPTED'
     )
     SELECT EXISTS (SELECT 1 FROM above WHERE id = $1) AS circular,
       (SELECT max(level) FROM above) + (SELECT max(level) FROM below) AS levels`,
    [localId, parentId],
  );
  if (circular)
    throw new Refusal("CONFLICT", "An organization cannot be above itself.", { reason: ErrorReason.PARENT_CIRCULAR });
  if (levels > mostLevels)
    throw new Refusal("CONFLICT", `Organizations stand at most ${mostLevels} levels deep.`, {
      reason: ErrorReason.PARENT_TOO_DEEP,
    });
}
