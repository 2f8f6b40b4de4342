import { audit } from "../../platform/audit/audit.js";
import { type Context, signedIn } from "../../platform/context.js";
import { transactOnce } from "../../platform/database/idempotency.js";
import type { Transaction } from "../../platform/database/transact.js";
import { ErrorReason, Refusal } from "../../platform/errors.js";
import { tidy } from "../../platform/graphql/text.js";
import { campaignChanged } from "./campaign.changes.js";
import type { EditCampaignInput } from "./campaign.inputs.js";
import { Campaign, CampaignEdit } from "./campaign.js";
import { lockAsStaff } from "./campaign.lock.js";
import { type CampaignAnswer, checkDays } from "./campaign.service.js";

type Fields = Partial<Campaign>;
const namesOf = (fields: Fields): (keyof Campaign)[] => Object.keys(fields) as (keyof Campaign)[];

/** Changes what a campaign says of itself; refused when somebody else has changed it since the editor looked. */
export function editCampaign(ctx: Context, input: EditCampaignInput): Promise<CampaignAnswer> {
  signedIn(ctx);
  return transactOnce(ctx, "editCampaign", input, async (tx) => {
    const campaign = await lockAsStaff(tx, input);
    const { id } = campaign;
    const changes = changesOf(campaign, input);
    // It says so already: the same edit again is harmless, whatever its version.
    if (namesOf(changes).length === 0) return { campaignId: id };
    if (input.version !== campaign.version) throw await staleVersion(tx, campaign, input.version);
    checkDays(changes.startsOn ?? campaign.startsOn, changes.endsOn ?? campaign.endsOn);
    const version = campaign.version + 1;
    await tx.db.update(Campaign, { id }, { ...changes, version });
    await tx.db.insert(CampaignEdit, { campaignId: id, version, fields: namesOf(changes) });
    await audit(tx, { type: "Campaign", id, scopes: [id], fields: namesOf(changes) });
    campaignChanged(tx, id);
    return { campaignId: id };
  });
}

/** What the edit would make different: fields left out are not in it. */
function changesOf(campaign: Campaign, input: EditCampaignInput): Fields {
  const wanted: Fields = {
    title: input.title === undefined ? undefined : tidy(input.title)!,
    startsOn: input.startsOn,
    endsOn: input.endsOn,
    callToAction: input.callToAction === undefined ? undefined : tidy(input.callToAction),
    description: input.description === undefined ? undefined : tidy(input.description),
    reviewPolicy: input.reviewPolicy,
  };
  const different = namesOf(wanted).filter((name) => wanted[name] !== undefined && wanted[name] !== campaign[name]);
  return Object.fromEntries(different.map((name) => [name, wanted[name]]));
}

async function staleVersion(tx: Transaction, campaign: Campaign, version: number): Promise<Refusal> {
  const edits = await tx.db.find(CampaignEdit, { where: { campaignId: campaign.id } });
  const since = edits.filter((edit) => edit.version > version).flatMap((edit) => edit.fields);
  const stale = { path: "input.version", reason: "is not the campaign's present version: read it again" };
  const changed = [...new Set(since)].map((name) => ({ path: `input.${name}`, reason: "was changed since" }));
  return new Refusal("CONFLICT", "Somebody has edited the campaign since; read it again, then edit.", {
    reason: ErrorReason.STALE_VERSION,
    fields: [stale, ...changed],
  });
}
