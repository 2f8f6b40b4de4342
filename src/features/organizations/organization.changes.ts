import { record } from "../../platform/changes/record.js";
import type { Context } from "../../platform/context.js";
import type { Transaction } from "../../platform/database/transact.js";
import { ChangeKind } from "../../platform/graphql/live.js";
import { seen } from "../../platform/reading/read.js";
import { visible } from "./organization.policy.js";
import type { Organization } from "./organization.js";
import { OrganizationStatus } from "./organization.values.js";

export const organizationTopic = "organization";
/** An organization that was listed is so no longer. */
export const organizationHiddenTopic = "organization-hidden";

type Facts = Pick<Organization, "id" | "status">;

/** Records that an organization, or the tie to its parent, is new or different. */
export function organizationChanged(tx: Transaction, before: Facts | null, after: Facts): void {
  const note = (topic: string, kind: ChangeKind): void =>
    record(tx, { topic, kind, subjectId: after.id, scopes: [after.id] });
  const [was, is] = [before, after].map((facts) => facts?.status === OrganizationStatus.LISTED);
  if (was && !is) note(organizationHiddenTopic, ChangeKind.HIDDEN);
  if (before === null) note(organizationTopic, ChangeKind.CREATED);
  else note(organizationTopic, !was && is ? ChangeKind.PUBLISHED : ChangeKind.UPDATED);
}

/** Those of the organizations that this reader may see. */
export const listedOrganizations = (ctx: Context, ids: readonly string[]): Promise<Set<string>> =>
  seen(ctx, "organizations", ids, visible);
