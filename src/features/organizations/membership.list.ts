import { audit } from "../../platform/audit/audit.js";
import { allow, type Context, signedIn } from "../../platform/context.js";
import { fromGlobalId, toGlobalId } from "../../platform/database/ids.js";
import { transact, type Transaction } from "../../platform/database/transact.js";
import { badInput, ErrorReason } from "../../platform/errors.js";
import { pageLimits } from "../../platform/limits/cost.js";
import { makeCursor, readCursor } from "../../platform/reading/cursor.js";
import type { MembersArgs } from "./membership.inputs.js";
import type { OrganizationMember } from "./membership.js";
import { Organization } from "./organization.js";
import { canManage, canSee } from "./organization.policy.js";
import type { MembershipRole } from "./organization.values.js";

/** A page of members, as Relay has it. */
export interface MembersPage {
  edges: { cursor: string; node: OrganizationMember }[];
  nodes: OrganizationMember[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
}

interface Row {
  personId: string;
  emailSealed: Buffer;
  role: MembershipRole;
  since: Date;
}

/** The members of an organization, the eldest first, for its admins; each look at addresses is in the audit trail. */
export function organizationMembers(ctx: Context, args: MembersArgs): Promise<MembersPage | null> {
  const viewer = signedIn(ctx);
  const id = fromGlobalId("Organization", args.organizationId, "organizationId");
  return transact(ctx, "organizationMembers", async (tx) => {
    const organization = await tx.db.findOneBy(Organization, { id });
    if (!organization || !canSee(viewer, organization)) return null;
    allow(viewer.siteStaff || canManage(viewer, id), "see its members: its owners and admins may");
    const size = args.first ?? pageLimits.usual;
    const rows = await membersAfter(tx, id, args.after, size + 1);
    await audit(tx, { type: "Organization", id, scopes: [id], fields: ["members.email"] });
    const edges = rows.slice(0, size).map((row) => ({ cursor: makeCursor(id, keysOf(row)), node: member(tx, row) }));
    return {
      edges,
      nodes: edges.map(({ node }) => node),
      pageInfo: {
        hasNextPage: rows.length > size,
        hasPreviousPage: args.after !== undefined,
        startCursor: edges[0]?.cursor ?? null,
        endCursor: edges.at(-1)?.cursor ?? null,
      },
    };
  });
}

const keysOf = ({ since, personId }: Row): string[] => [since.toISOString(), personId];

const member = (tx: Transaction, { personId, emailSealed, role, since }: Row): OrganizationMember => ({
  personId: toGlobalId("Person", personId),
  email: tx.secrets.open(emailSealed),
  role,
  since,
});

function membersAfter(tx: Transaction, id: string, after: string | undefined, limit: number): Promise<Row[]> {
  const [since, personId] = after === undefined ? ["-infinity", null] : keysIn(after, id);
  return tx.db.query(
    `SELECT m.person_id AS "personId", p.email_sealed AS "emailSealed", m.role, m.since
     FROM memberships m JOIN people p ON p.id = m.person_id
     WHERE m.organization_id = $1 AND (m.since, m.person_id) > ($2::timestamptz, COALESCE($3::uuid, m.person_id))
     ORDER BY m.since, m.person_id LIMIT $4`,
    [id, since, personId, limit],
  );
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function keysIn(after: string, list: string): string[] {
  const [since, personId] = readCursor(after, list, 2, "after") as [string, string];
  if (Number.isNaN(Date.parse(since)) || !instant.test(since) || !uuid.test(personId))
    throw badInput("after", "is not a cursor of this API; send a cursor unchanged", ErrorReason.CURSOR_INVALID);
  return [new Date(since).toISOString(), personId];
}
