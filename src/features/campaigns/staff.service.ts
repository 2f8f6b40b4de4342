import { audit } from "../../platform/audit/audit.js";
import { allow, type Context, signedIn } from "../../platform/context.js";
import { fromGlobalId, toGlobalId } from "../../platform/database/ids.js";
import { type Repeatable, transactOnce } from "../../platform/database/idempotency.js";
import { transact, type Transaction } from "../../platform/database/transact.js";
import { ErrorReason, Refusal } from "../../platform/errors.js";
import { accessEnded, Person, withdrawInvitationsBy } from "../people/index.js";
import { lockAsStaff, lockCampaign } from "./campaign.lock.js";
import { isCampaignStaff } from "./campaign.policy.js";
import type { CampaignAnswer } from "./campaign.service.js";
import type { RemoveCampaignStaffInput } from "./staff.inputs.js";
import { staffInvitation } from "./staff.invitations.js";
import { CampaignStaff, type CampaignStaffMember } from "./staff.js";

/** Who is on the staff, for its staff; null for everybody else. Each look at addresses is in the audit trail. */
export async function campaignStaff(ctx: Context, campaignId: string): Promise<CampaignStaffMember[] | null> {
  if (!isCampaignStaff(ctx.viewer, campaignId)) return null;
  return transact(ctx, "campaignStaff", async (tx) => {
    const people = await tx.db
      .createQueryBuilder(Person, "p")
      .innerJoin(CampaignStaff, "s", "s.person_id = p.id AND s.campaign_id = :campaignId", { campaignId })
      .orderBy("p.id")
      .getMany();
    await audit(tx, { type: "Campaign", id: campaignId, scopes: [campaignId], fields: ["staff.email"] });
    return people.map(({ id, emailSealed }) => ({
      personId: toGlobalId("Person", id),
      email: tx.secrets.open(emailSealed),
    }));
  });
}

/** Takes a person off the staff, at once: requests are refused and subscriptions end. */
export function removeCampaignStaff(ctx: Context, input: RemoveCampaignStaffInput): Promise<CampaignAnswer> {
  const viewer = signedIn(ctx);
  return transactOnce(ctx, "removeCampaignStaff", input, async (tx) => {
    const personId = fromGlobalId("Person", input.personId, "input.personId");
    const { id: campaignId } = await lockAsStaff(tx, input);
    // Two who remove each other at the same moment: the second is no longer staff, though it was when it asked.
    allow(await tx.db.existsBy(CampaignStaff, { campaignId, personId: viewer.personId }), "do this any more");
    await take(tx, campaignId, personId);
    return { campaignId };
  });
}

/** Takes the caller off the staff; again is harmless. */
export function leaveCampaignStaff(ctx: Context, input: Repeatable & CampaignAnswer): Promise<CampaignAnswer> {
  const viewer = signedIn(ctx);
  return transactOnce(ctx, "leaveCampaignStaff", input, async (tx) => {
    const { id } = await lockCampaign(tx, fromGlobalId("Campaign", input.campaignId, "input.campaignId"));
    await take(tx, id, viewer.personId);
    return { campaignId: id };
  });
}

/** The lock on the campaign lets the last two leave one after the other. */
async function take(tx: Transaction, campaignId: string, personId: string): Promise<void> {
  if (!(await tx.db.existsBy(CampaignStaff, { campaignId, personId }))) return;
  if ((await tx.db.countBy(CampaignStaff, { campaignId })) === 1)
    throw new Refusal("CONFLICT", "A campaign keeps at least one person on its staff.", {
      reason: ErrorReason.LAST_STAFF,
    });
  await tx.db.delete(CampaignStaff, { campaignId, personId });
  await withdrawInvitationsBy(tx, personId, { kind: staffInvitation, subjectId: campaignId });
  await audit(tx, { type: "Campaign", id: campaignId, scopes: [campaignId], fields: ["staff"] });
  accessEnded(tx, personId);
}
