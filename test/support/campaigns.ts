import type { Reply } from "./client.js";
import type { openWorld, Person } from "./world.js";

const campaign =
  "campaign { id slug title startsOn endsOn callToAction description status reviewPolicy version demands { id rank text } organizers { id } }";
const endorsement = "endorsement { id status endorsedOn history { status party at } }";

type World = ReturnType<typeof openWorld>;

/** The calls around a campaign, in the words of the API: `by(person).openCampaign({ campaignId })`. */
export const campaignCalls =
  ({ as }: Pick<World, "as">) =>
  (person?: Person) => {
    const call =
      (name: string, input: string, selection: string) =>
      (value: object): Promise<Reply> =>
        as(person).run(`mutation($input: ${input}!) { ${name}(input: $input) { ${selection} } }`, { input: value });
    return {
      createCampaign: call("createCampaign", "CreateCampaignInput", campaign),
      editCampaign: call("editCampaign", "EditCampaignInput", campaign),
      openCampaign: call("openCampaign", "CampaignInput", campaign),
      closeCampaign: call("closeCampaign", "CampaignInput", campaign),
      reopenCampaign: call("reopenCampaign", "CampaignInput", campaign),
      addOrganizer: call("addOrganizer", "CampaignOrganizationInput", campaign),
      removeOrganizer: call("removeOrganizer", "CampaignOrganizationInput", campaign),
      trustOrganization: call("trustOrganization", "CampaignOrganizationInput", campaign),
      distrustOrganization: call("distrustOrganization", "CampaignOrganizationInput", campaign),
      addDemand: call("addDemand", "AddDemandInput", `${campaign} demand { id rank text }`),
      editDemand: call("editDemand", "EditDemandInput", `${campaign} demand { id rank text }`),
      moveDemand: call("moveDemand", "MoveDemandInput", `${campaign} demand { id rank text }`),
      removeDemand: call("removeDemand", "DemandInput", campaign),
      inviteCampaignStaff: call("inviteCampaignStaff", "InviteCampaignStaffInput", "invitation { id kind role }"),
      removeCampaignStaff: call("removeCampaignStaff", "RemoveCampaignStaffInput", campaign),
      leaveCampaignStaff: call("leaveCampaignStaff", "CampaignInput", campaign),
      inviteEndorsement: call("inviteEndorsement", "CampaignOrganizationInput", endorsement),
      acceptEndorsement: call("acceptEndorsement", "EndorsementInput", endorsement),
      declineEndorsement: call("declineEndorsement", "EndorsementInput", endorsement),
      withdrawEndorsement: call("withdrawEndorsement", "EndorsementInput", endorsement),
      pledge: call("pledge", "PledgeInput", "campaign { id pledges { total } }"),
    };
  };

/** An input for createCampaign. */
export const plan = (fields: object = {}) => ({
  title: "A day without us",
  startsOn: "2026-05-01",
  endsOn: "2026-05-01",
  ...fields,
});

/** The draft that a person makes of it. */
export const draftOf = async (world: World, person: Person, fields: object = {}) =>
  (await campaignCalls(world)(person).createCampaign(plan(fields))).data.createCampaign.campaign;

/** A campaign that is open, and one of its staff. */
export async function opened({ a }: World, fields: Parameters<World["a"]["campaign"]>[0] = {}) {
  const campaign = await a.campaign(fields);
  return { campaignId: campaign.id, campaign, staff: await a.staff(campaign) };
}

/** What replies came to, sorted: a reason where there is one, else a code. */
export const outcomes = (replies: Reply[]): string[] => replies.map((reply) => reply.reason ?? reply.code).sort();
