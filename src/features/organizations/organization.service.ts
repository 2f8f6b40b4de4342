import type { FindOneOptions } from "typeorm";
import { audit } from "../../platform/audit/audit.js";
import { allow, type Context, signedIn } from "../../platform/context.js";
import { transactOnce } from "../../platform/database/idempotency.js";
import { fromGlobalId, newId } from "../../platform/database/ids.js";
import type { Transaction } from "../../platform/database/transact.js";
import { badInput, ErrorReason, Refusal } from "../../platform/errors.js";
import { tidy } from "../../platform/graphql/text.js";
import { organizationChanged } from "./organization.changes.js";
import { Membership } from "./membership.js";
import type { EditOrganizationInput, RegisterOrganizationInput } from "./organization.inputs.js";
import { Organization } from "./organization.js";
import { freeSlug, judgeName, lockAllOrganizations } from "./organization.names.js";
import { canManage, canSee } from "./organization.policy.js";
import { MembershipRole, OrganizationStatus } from "./organization.values.js";

const perDay = 20;
const day = 24 * 3_600_000;

export interface OrganizationAnswer {
  organizationId: string;
}

/** Registers an organization; the viewer becomes its owner. */
export function registerOrganization(ctx: Context, input: RegisterOrganizationInput): Promise<OrganizationAnswer> {
  const { personId } = signedIn(ctx);
  return transactOnce(ctx, "registerOrganization", input, async (tx) => {
    await lockAllOrganizations(tx);
    await checkLimit(tx, personId);
    const id = newId();
    const name = tidy(input.name)!;
    const judged = await judgeName(tx, name, { self: id, path: "input.name" });
    await tx.db.insert(Organization, {
      id,
      name,
      ...judged,
      slug: await freeSlug(tx, name, id),
      kind: input.kind,
      website: tidy(input.website),
      description: tidy(input.description),
      createdBy: personId,
      createdAt: tx.now(),
    });
    await tx.db.insert(Membership, { organizationId: id, personId, role: MembershipRole.OWNER, since: tx.now() });
    await audit(tx, { type: "Organization", id, scopes: [id] });
    organizationChanged(tx, null, { id, status: judged.status });
    return { organizationId: id };
  });
}

async function checkLimit(tx: Transaction, personId: string): Promise<void> {
  const [{ made }]: [{ made: number }] = await tx.db.query(
    "SELECT count(*)::int AS made FROM organizations WHERE created_by = $1 AND created_at > $2",
    [personId, new Date(tx.now().getTime() - day)],
  );
  if (made >= perDay)
    throw new Refusal("CONFLICT", `You have registered ${perDay} organizations within a day; go on tomorrow.`, {
      reason: ErrorReason.LIMIT_REACHED,
    });
}

/** Changes what an organization says of itself, unless somebody else has since the viewer looked. */
export function editOrganization(ctx: Context, input: EditOrganizationInput): Promise<OrganizationAnswer> {
  const viewer = signedIn(ctx);
  return transactOnce(ctx, "editOrganization", input, async (tx) => {
    if (input.name !== undefined) await lockAllOrganizations(tx);
    const organization = await lockOrganization(tx, input.organizationId, "input.organizationId");
    allow(canManage(viewer, organization.id), "edit this organization: its owners and admins may");
    if (input.version !== organization.version) throw stale(organization.version);
    await applyEdit(tx, organization, {
      ...(input.kind === undefined ? {} : { kind: kept(input.kind, "input.kind") }),
      ...(input.website === undefined ? {} : { website: tidy(input.website) }),
      ...(input.description === undefined ? {} : { description: tidy(input.description) }),
      ...(input.name === undefined ? {} : await newName(tx, organization, kept(tidy(input.name), "input.name"))),
    });
    return { organizationId: organization.id };
  });
}

function kept<Value>(value: Value | null, path: string): Value {
  if (value === null) throw badInput(path, "cannot be cleared; leave it out to keep it");
  return value;
}

const stale = (version: number): Refusal =>
  new Refusal("CONFLICT", `Somebody has edited this organization since; its version is now ${version}.`, {
    reason: ErrorReason.STALE_VERSION,
    fields: [{ path: "input.version", reason: "is not the present version; read it again" }],
  });

/** What was checked, and listed, was the name that it had: one that reads otherwise is judged anew. */
async function newName(tx: Transaction, organization: Organization, name: string): Promise<Partial<Organization>> {
  const known = organization.nameKeys;
  const judged = await judgeName(tx, name, { self: organization.id, path: "input.name", known });
  const readsAlike = judged.nameKeys.some((key) => known.includes(key));
  return readsAlike && judged.status === OrganizationStatus.LISTED
    ? { name, nameKeys: judged.nameKeys }
    : { name, ...judged, verified: false };
}

async function applyEdit(tx: Transaction, organization: Organization, edit: Partial<Organization>): Promise<void> {
  const fields = changedFields(organization, edit);
  if (fields.length === 0) return;
  const again =
    organization.status === OrganizationStatus.REJECTED
      ? { status: OrganizationStatus.IN_REVIEW, reviewReason: null }
      : {};
  await tx.db.update(Organization, { id: organization.id }, { ...edit, ...again, version: organization.version + 1 });
  const { id, status } = organization;
  organizationChanged(tx, organization, { id, status, ...edit, ...again });
  await audit(tx, { type: "Organization", id: organization.id, scopes: [organization.id], fields });
}

/** The fields that an edit makes different. */
export const changedFields = (organization: Organization, edit: Partial<Organization>): string[] =>
  (Object.keys(edit) as (keyof Organization)[]).filter(
    (field) => field !== "nameKeys" && edit[field] !== organization[field],
  );

/**
 * The organization as this transaction may rely on it: locked; what the viewer may not see is not there. The lock lets rows
 * be added that refer to it: whoever accepts an invitation never waits for whoever renews it.
 */
export const lockOrganization = (tx: Transaction, globalId: string, path: string): Promise<Organization> =>
  find(tx, globalId, path, { lock: { mode: "for_no_key_update" } });

/** The row id of an input's organization; one that the viewer may not see is not there. */
export const organizationOf = async (tx: Transaction, input: { organizationId: string }): Promise<string> =>
  (await find(tx, input.organizationId, "input.organizationId")).id;

async function find(
  tx: Transaction,
  globalId: string,
  path: string,
  options: FindOneOptions<Organization> = {},
): Promise<Organization> {
  const id = fromGlobalId("Organization", globalId, path);
  const organization = await tx.db.findOne(Organization, { where: { id }, ...options });
  if (!organization || !canSee(tx.viewer, organization))
    throw new Refusal("NOT_FOUND", "There is no such organization.");
  return organization;
}
