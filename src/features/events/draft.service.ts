import { allow, type Context, signedIn } from "../../platform/context.js";
import { fromGlobalId } from "../../platform/database/ids.js";
import { transactOnce } from "../../platform/database/idempotency.js";
import { badInput } from "../../platform/errors.js";
import { Campaign, canSeeCampaign, checkOpen } from "../campaigns/index.js";
import { contactOf } from "./contact.service.js";
import { cityOf } from "./event.details.js";
import { refuseTooManyDrafts } from "./draft.limit.js";
import type { DraftEventInput } from "./event.inputs.js";
import { newEvent } from "./event.new.js";
import type { EventAnswer } from "./event.lock.js";
import { insertEvent } from "./event.write.js";
import { handIn } from "./review.service.js";

/** Makes a draft: seen by those who manage it and the campaign's staff, by nobody else. */
export function draftEvent(ctx: Context, input: DraftEventInput): Promise<EventAnswer> {
  const viewer = signedIn(ctx);
  return transactOnce(ctx, "draftEvent", input, async (tx) => {
    const campaign = await tx.db.findOneBy(Campaign, {
      id: fromGlobalId("Campaign", input.campaignId, "input.campaignId"),
    });
    if (!campaign || !canSeeCampaign(viewer, campaign))
      throw badInput("input.campaignId", "is not the id of a campaign; see `campaigns`");
    checkOpen(campaign.status);
    await refuseTooManyDrafts(tx, campaign.id);
    const city = await cityOf(tx, input.cityId);
    const leadId = input.organizationId
      ? fromGlobalId("Organization", input.organizationId, "input.organizationId")
      : null;
    if (leadId) allow(viewer.adminOf.includes(leadId), "host in the name of this organization: you are not its admin");
    const fresh = newEvent(input, city, campaign.id, viewer.personId);
    const event = await insertEvent(tx, { ...fresh, ...contactOf(tx, input, fresh) }, leadId);
    if (input.submit) await handIn(tx, event);
    return { eventId: event.id };
  });
}
