import { allow, type Context, signedIn, type Viewer } from "../../platform/context.js";
import { audit } from "../../platform/audit/audit.js";
import { type Repeatable, transactOnce } from "../../platform/database/idempotency.js";
import { newId } from "../../platform/database/ids.js";
import type { Transaction } from "../../platform/database/transact.js";
import { badInput, ErrorReason, Refusal } from "../../platform/errors.js";
import { ChangeKind } from "../../platform/graphql/live.js";
import { tidy } from "../../platform/graphql/text.js";
import { daysFrom } from "../../platform/time.js";
import { Organization } from "../organizations/index.js";
import { campaignChanged } from "./campaign.changes.js";
import type { CreateCampaignInput } from "./campaign.inputs.js";
import { Campaign } from "./campaign.js";
import { lockAsStaff } from "./campaign.lock.js";
import { CampaignStatus } from "./campaign.values.js";
import { CampaignStaff } from "./staff.js";

export interface CampaignAnswer {
  campaignId: string;
}

const longestDays = 400;

/** Makes a draft of a campaign; the caller is its first staff. */
export function createCampaign(ctx: Context, input: CreateCampaignInput): Promise<CampaignAnswer> {
  const viewer = signedIn(ctx);
  return transactOnce(ctx, "createCampaign", input, async (tx) => {
    allow(
      viewer.siteStaff || (await isAdminOfVerified(tx, viewer)),
      "make a campaign: the site's staff and admins of verified organizations may",
    );
    checkDays(input.startsOn, input.endsOn);
    const campaignId = await insertCampaign(tx, input);
    await tx.db.insert(CampaignStaff, { campaignId, personId: viewer.personId });
    await audit(tx, { type: "Campaign", id: campaignId, scopes: [campaignId] });
    campaignChanged(tx, campaignId, ChangeKind.CREATED);
    return { campaignId };
  });
}

const isAdminOfVerified = (tx: Transaction, { adminOf }: Viewer): Promise<boolean> =>
  tx.db.createQueryBuilder(Organization, "o").where("o.verified AND o.id = ANY (:adminOf)", { adminOf }).getExists();

/** Refuses days of action that end before they begin, or go on for too long. */
export function checkDays(startsOn: string, endsOn: string): void {
  const days = daysFrom(startsOn, endsOn);
  if (days < 0) throw badInput("input.endsOn", "must not be before startsOn");
  if (days > longestDays) throw badInput("input.endsOn", `must be at most ${longestDays} days after startsOn`);
}

async function insertCampaign(tx: Transaction, input: CreateCampaignInput): Promise<string> {
  const id = newId();
  const made = slugOf(input.title);
  const slugs = input.slug ? [input.slug] : [made, `${made.slice(0, 51)}-${id.slice(0, 8)}`];
  for (const slug of slugs) if (await insertUnlessTaken(tx, { id, slug, ...fieldsOf(input, tx) })) return id;
  throw new Refusal("CONFLICT", "Another campaign has this slug; choose another.", {
    reason: ErrorReason.SLUG_TAKEN,
    fields: [{ path: "input.slug", reason: "is taken by another campaign" }],
  });
}

const fieldsOf = (input: CreateCampaignInput, tx: Transaction): Omit<Campaign, "id" | "slug"> => ({
  title: tidy(input.title)!,
  callToAction: tidy(input.callToAction),
  description: tidy(input.description),
  startsOn: input.startsOn,
  endsOn: input.endsOn,
  status: CampaignStatus.DRAFT,
  reviewPolicy: input.reviewPolicy,
  version: 1,
  createdAt: tx.now(),
});

// A unique violation would end the transaction, and with it the second try.
async function insertUnlessTaken(tx: Transaction, campaign: Campaign): Promise<boolean> {
  const insert = tx.db.createQueryBuilder().insert().into(Campaign).values(campaign);
  const { raw } = await insert.orIgnore().returning("id").execute();
  return (raw as unknown[]).length > 0;
}

/** A title as a name for URLs: letters without accents, and hyphens for all else. */
function slugOf(title: string): string {
  const plain = title.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();
  const words = plain.replaceAll(/[^a-z0-9]+/g, "-").slice(0, 60);
  const slug = words.replaceAll(/^-+|-+$/g, "");
  return slug.length >= 3 ? slug : "campaign";
}

/** Makes a draft public. */
export const openCampaign = (ctx: Context, input: CampaignStep): Promise<CampaignAnswer> =>
  move(ctx, "openCampaign", input, {
    from: CampaignStatus.DRAFT,
    to: CampaignStatus.OPEN,
    otherwise: ["Only a draft can be opened; a closed campaign is reopened.", ErrorReason.CAMPAIGN_NOT_DRAFT],
    kind: ChangeKind.PUBLISHED,
  });

/** Ends taking events, endorsements and pledges. */
export const closeCampaign = (ctx: Context, input: CampaignStep): Promise<CampaignAnswer> =>
  move(ctx, "closeCampaign", input, {
    from: CampaignStatus.OPEN,
    to: CampaignStatus.CLOSED,
    otherwise: ["Only an open campaign can be closed.", ErrorReason.CAMPAIGN_NOT_OPEN],
    kind: ChangeKind.UPDATED,
  });

/** Takes events, endorsements and pledges again. */
export const reopenCampaign = (ctx: Context, input: CampaignStep): Promise<CampaignAnswer> =>
  move(ctx, "reopenCampaign", input, {
    from: CampaignStatus.CLOSED,
    to: CampaignStatus.OPEN,
    otherwise: ["Only a closed campaign can be reopened; a draft is opened.", ErrorReason.CAMPAIGN_NOT_CLOSED],
    kind: ChangeKind.UPDATED,
  });

type CampaignStep = Repeatable & CampaignAnswer;

interface Step {
  from: CampaignStatus;
  to: CampaignStatus;
  otherwise: [message: string, reason: ErrorReason];
  kind: ChangeKind;
}

function move(ctx: Context, operation: string, input: CampaignStep, step: Step): Promise<CampaignAnswer> {
  signedIn(ctx);
  return transactOnce(ctx, operation, input, async (tx) => {
    const { id, status } = await lockAsStaff(tx, input);
    // Said again, it is already so: a second tap is harmless.
    if (status === step.to) return { campaignId: id };
    if (status !== step.from) throw new Refusal("CONFLICT", step.otherwise[0], { reason: step.otherwise[1] });
    await tx.db.update(Campaign, { id }, { status: step.to });
    await audit(tx, { type: "Campaign", id, scopes: [id], fields: ["status"] });
    campaignChanged(tx, id, step.kind);
    return { campaignId: id };
  });
}
