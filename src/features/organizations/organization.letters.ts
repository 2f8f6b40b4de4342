import type { Transaction } from "../../platform/database/transact.js";
import { letter, type LetterKind, sendLetter } from "../letters/index.js";
import { adminsOf, ownersOf } from "./membership.admins.js";
import { Organization } from "./organization.js";
import { canSee } from "./organization.policy.js";
import { OrganizationStatus, ParentStatus } from "./organization.values.js";

/** Tells the owners what the site's staff have decided. */
const reviewOutcome = letter<{ organizationId: string; status: OrganizationStatus }>(
  "organization-review",
  async (ctx, _recipient, { organizationId: id, status }) => {
    const organization = await ctx.db.findOneBy(Organization, { id, status });
    if (!organization || !ctx.viewer?.ownerOf.includes(id)) return null;
    const { name, reviewReason } = organization;
    return status === OrganizationStatus.LISTED
      ? { subject: `Listed: ${name}`, text: `${name} is listed: everybody sees it now.` }
      : {
          subject: `Not listed: ${name}`,
          text: `${name} is not listed: only its members see it.\n\nThe staff say:\n${reviewReason}`,
        };
  },
);

export const tellReview = async (tx: Transaction, id: string, status: OrganizationStatus): Promise<void> =>
  tell(tx, reviewOutcome, await ownersOf(tx, id), { organizationId: id, status });

/** Asks those who act for a parent whether it takes a local. */
const localAsks = letter<{ localId: string; parentId: string }>(
  "parent-request",
  async (ctx, _recipient, { localId: id, parentId }) => {
    const local = await ctx.db.findOneBy(Organization, { id, parentId, parentStatus: ParentStatus.PENDING });
    if (!local || !ctx.viewer?.adminOf.includes(parentId) || !canSee(ctx.viewer, local)) return null;
    const { name } = await ctx.db.findOneByOrFail(Organization, { id: parentId });
    return {
      subject: `${local.name} asks to be a local of ${name}`,
      text: `${local.name} asks to be a local of your organization, ${name}.\n\nAnswer under "pendingLocals" of your organization, at ${ctx.config.publicUrl}`,
    };
  },
);

export const askParent = async (tx: Transaction, localId: string, parentId: string): Promise<void> =>
  tell(tx, localAsks, await adminsOf(tx, [parentId]), { localId, parentId });

/** To each of them, and once more when it happens once more. */
const tell = <Data extends object>(
  tx: Transaction,
  kind: LetterKind<Data>,
  people: string[],
  data: Data,
): Promise<void> =>
  sendLetter(
    tx,
    kind,
    people.map((personId) => {
      const key = [...Object.values(data), personId, tx.now().toISOString()].join(":");
      return { personId, key, data };
    }),
  );
