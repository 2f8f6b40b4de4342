import { audit } from "../../platform/audit/audit.js";
import { type Context, signedIn } from "../../platform/context.js";
import { transactOnce } from "../../platform/database/idempotency.js";
import type { Transaction } from "../../platform/database/transact.js";
import { ErrorReason, Refusal } from "../../platform/errors.js";
import { invitationLetter } from "../letters/index.js";
import { type Invitation, invitationKind, invite, personWith } from "../people/index.js";
import { Campaign } from "./campaign.js";
import { lockAsStaff } from "./campaign.lock.js";
import { isCampaignStaff } from "./campaign.policy.js";
import { campaignShape } from "./campaign.shape.js";
import type { InviteCampaignStaffInput } from "./staff.inputs.js";
import { CampaignStaff } from "./staff.js";

export const staffInvitation = "CAMPAIGN_STAFF";

invitationKind({
  kind: staffInvitation,
  description: "To be on the staff of a campaign, as STAFF.",
  subject: campaignShape,
  mayInvite: isCampaignStaff,
  accept: join,
});

const tellInvited = invitationLetter(
  staffInvitation,
  async (ctx, id) => (await ctx.db.findOneBy(Campaign, { id }))?.title,
);

async function join(tx: Transaction, { subjectId: campaignId, personId }: Invitation): Promise<void> {
  await tx.db.createQueryBuilder().insert().into(CampaignStaff).values({ campaignId, personId }).orIgnore().execute();
  await audit(tx, { type: "Campaign", id: campaignId, scopes: [campaignId], fields: ["staff"] });
}

/** Invites a person to the staff; says the same whether the address has an account or not. */
export function inviteCampaignStaff(ctx: Context, input: InviteCampaignStaffInput): Promise<{ invitationId: string }> {
  signedIn(ctx);
  return transactOnce(ctx, "inviteCampaignStaff", input, async (tx) => {
    const { id: campaignId } = await lockAsStaff(tx, input);
    const personId = await personWith(tx, input.email);
    if (await tx.db.existsBy(CampaignStaff, { campaignId, personId }))
      throw new Refusal("CONFLICT", "This person is on the staff already.", { reason: ErrorReason.ALREADY_STAFF });
    const invitation = await invite(tx, { kind: staffInvitation, subjectId: campaignId, personId }, "STAFF");
    await tellInvited(tx, invitation);
    const { id } = invitation;
    await audit(tx, { type: "Invitation", id, scopes: [campaignId], fields: ["role"] });
    return { invitationId: id };
  });
}
