import { audit } from "../../platform/audit/audit.js";
import { allow, type Context, signedIn } from "../../platform/context.js";
import { fromGlobalId, newId } from "../../platform/database/ids.js";
import { transactOnce } from "../../platform/database/idempotency.js";
import type { Transaction } from "../../platform/database/transact.js";
import { ErrorReason, Refusal } from "../../platform/errors.js";
import { canSeeOrganization, Organization, organizationOf } from "../organizations/index.js";
import { campaignChanged } from "./campaign.changes.js";
import type { CampaignOrganizationInput } from "./campaign.inputs.js";
import { checkOpen, lockAsStaff, lockCampaign } from "./campaign.lock.js";
import { isCampaignStaff } from "./campaign.policy.js";
import { CampaignStatus } from "./campaign.values.js";
import type { EndorsementInput } from "./endorsement.inputs.js";
import { Endorsement, EndorsementStep } from "./endorsement.js";
import { askToEndorse } from "./endorsement.letters.js";
import { isSideOf, speaksForEndorser } from "./endorsement.policy.js";
import { EndorsementParty, EndorsementStatus } from "./endorsement.values.js";

export interface EndorsementAnswer {
  endorsementId: string;
}

const { INVITED, ENDORSED, DECLINED, WITHDRAWN } = EndorsementStatus;

/** Asks an organization; also again, after it declined or its endorsement was withdrawn. */
export function inviteEndorsement(ctx: Context, input: CampaignOrganizationInput): Promise<EndorsementAnswer> {
  signedIn(ctx);
  return transactOnce(ctx, "inviteEndorsement", input, async (tx) => {
    const campaign = await lockAsStaff(tx, input);
    const key = { campaignId: campaign.id, organizationId: await organizationOf(tx, input) };
    const known = await tx.db.findOneBy(Endorsement, key);
    if (known?.status === INVITED || known?.status === ENDORSED) return { endorsementId: known.id };
    // Nobody can say yes to what they may not see, and a draft is seen by its staff only.
    checkOpen(campaign.status);
    const endorsement = known ?? { id: newId(), ...key, status: INVITED, endorsedOn: null };
    if (!known) await tx.db.insert(Endorsement, endorsement);
    return take(tx, endorsement, { to: INVITED, party: EndorsementParty.CAMPAIGN });
  });
}

/** Says yes in the name of the organization. */
export const acceptEndorsement = (ctx: Context, input: EndorsementInput): Promise<EndorsementAnswer> =>
  answer(ctx, "acceptEndorsement", input, { from: INVITED, to: ENDORSED });

/** Says no in the name of the organization. */
export const declineEndorsement = (ctx: Context, input: EndorsementInput): Promise<EndorsementAnswer> =>
  answer(ctx, "declineEndorsement", input, { from: INVITED, to: DECLINED });

/** Ends a yes: the organization may, and the campaign's staff; the history says who did. */
export const withdrawEndorsement = (ctx: Context, input: EndorsementInput): Promise<EndorsementAnswer> =>
  answer(ctx, "withdrawEndorsement", input, { from: ENDORSED, to: WITHDRAWN });

interface Answer {
  from: EndorsementStatus;
  to: EndorsementStatus;
}

function answer(ctx: Context, operation: string, input: EndorsementInput, step: Answer): Promise<EndorsementAnswer> {
  const viewer = signedIn(ctx);
  return transactOnce(ctx, operation, input, async (tx) => {
    const { endorsement, campaignStatus } = await lockEndorsement(
      tx,
      fromGlobalId("Endorsement", input.endorsementId, "input.endorsementId"),
    );
    const own = speaksForEndorser(viewer, endorsement);
    const staffMay = step.to === WITHDRAWN && isCampaignStaff(viewer, endorsement.campaignId);
    allow(own || staffMay, "answer for this organization: its admins may");
    if (endorsement.status === step.to) return { endorsementId: endorsement.id };
    if (endorsement.status !== step.from) throw notThere(step.from);
    if (step.to === ENDORSED) checkOpen(campaignStatus);
    return take(tx, endorsement, {
      to: step.to,
      party: own ? EndorsementParty.ORGANIZATION : EndorsementParty.CAMPAIGN,
    });
  });
}

const notThere = (from: EndorsementStatus): Refusal =>
  from === INVITED
    ? new Refusal("CONFLICT", "There is no open invitation; the campaign's staff can invite again.", {
        reason: ErrorReason.NOT_INVITED,
      })
    : new Refusal("CONFLICT", "There is no endorsement that could be withdrawn.", { reason: ErrorReason.NOT_ENDORSED });

/** The endorsement, locked behind its campaign; one that the viewer may not know of is not there. */
async function lockEndorsement(
  tx: Transaction,
  id: string,
): Promise<{ endorsement: Endorsement; campaignStatus: CampaignStatus }> {
  const missing = new Refusal("NOT_FOUND", "There is no such endorsement.");
  const found = await tx.db.findOneBy(Endorsement, { id });
  if (!found) throw missing;
  const campaign = await lockCampaign(tx, found.campaignId, { mode: "pessimistic_read", missing });
  const endorsement = await tx.db.findOneOrFail(Endorsement, { where: { id }, lock: { mode: "pessimistic_write" } });
  if (!(await isKnown(tx, endorsement))) throw missing;
  return { endorsement, campaignStatus: campaign.status };
}

/** Whether the viewer may know of it: the policy of the shape, for a locked row. */
async function isKnown(tx: Transaction, endorsement: Endorsement): Promise<boolean> {
  const organization = await tx.db.findOneByOrFail(Organization, { id: endorsement.organizationId });
  if (!canSeeOrganization(tx.viewer, organization)) return false;
  const wasEndorsed = { endorsementId: endorsement.id, status: ENDORSED };
  return isSideOf(tx.viewer, endorsement) || (await tx.db.existsBy(EndorsementStep, wasEndorsed));
}

type Known = Pick<Endorsement, "id" | "campaignId" | "organizationId">;

async function take(
  tx: Transaction,
  { id, campaignId, organizationId }: Known,
  { to, party }: { to: EndorsementStatus; party: EndorsementParty },
): Promise<EndorsementAnswer> {
  const endorsedOn = to === ENDORSED ? { endorsedOn: tx.now().toISOString().slice(0, 10) } : {};
  await tx.db.update(Endorsement, { id }, { status: to, ...endorsedOn });
  const number = (await tx.db.countBy(EndorsementStep, { endorsementId: id })) + 1;
  await tx.db.insert(EndorsementStep, { endorsementId: id, number, status: to, party, at: tx.now() });
  if (to === INVITED) await askToEndorse(tx, { id, organizationId }, number);
  await audit(tx, { type: "Endorsement", id, scopes: [campaignId, organizationId], fields: ["status"] });
  // The page of the campaign shows yeses only: that somebody was asked, or said no, is not told.
  if (to === ENDORSED || to === WITHDRAWN) campaignChanged(tx, campaignId);
  return { endorsementId: id };
}
