import type { Transaction } from "../../platform/database/transact.js";
import { letter, sendLetter } from "../letters/index.js";
import { adminsOf, Organization } from "../organizations/index.js";
import { Campaign } from "./campaign.js";
import { Endorsement } from "./endorsement.js";
import { EndorsementStatus } from "./endorsement.values.js";

/** Asks those who act for an organization whether it endorses a campaign. */
const endorsementInvitation = letter<{ endorsementId: string }>(
  "endorsement-invitation",
  async (ctx, _recipient, { endorsementId }) => {
    const endorsement = await ctx.db.findOneBy(Endorsement, { id: endorsementId, status: EndorsementStatus.INVITED });
    if (!endorsement || !ctx.viewer?.adminOf.includes(endorsement.organizationId)) return null;
    const { title } = await ctx.db.findOneByOrFail(Campaign, { id: endorsement.campaignId });
    const { name } = await ctx.db.findOneByOrFail(Organization, { id: endorsement.organizationId });
    return {
      subject: `Will you endorse it? ${title}`,
      text: `Your organization, ${name}, is asked to endorse ${title}. Its name shows only once you have agreed.\n\nAnswer under "endorsementInvitations" of your organization, at ${ctx.config.publicUrl}`,
    };
  },
);

/** Has the question mailed; `step` tells it from those that were asked before. */
export async function askToEndorse(
  tx: Transaction,
  { id, organizationId }: Pick<Endorsement, "id" | "organizationId">,
  step: number,
): Promise<void> {
  const letters = (await adminsOf(tx, [organizationId])).map((personId) => ({
    personId,
    key: `${id}:${personId}:${step}`,
    data: { endorsementId: id },
  }));
  await sendLetter(tx, endorsementInvitation, letters);
}
