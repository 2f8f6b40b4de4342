import type { Reply } from "./client.js";
import type { Caller } from "./world.js";

const campaign =
  "campaign { id slug title startsOn endsOn callToAction description status reviewPolicy version demands { id rank text } organizers { id } }";
const endorsement = "endorsement { id status endorsedOn history { status party at } }";

/** The calls around a campaign, in the words of the API: `by(person).openCampaign({ campaignId })`. */
export const campaignCalls =
  <Who>(as: (person?: Who) => Caller) =>
  (person?: Who) => {
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
      removeCampaignStaff: call("removeCampaignStaff", "RemoveCampaignStaffInput", campaign),
      leaveCampaignStaff: call("leaveCampaignStaff", "CampaignInput", campaign),
      inviteEndorsement: call("inviteEndorsement", "CampaignOrganizationInput", endorsement),
      acceptEndorsement: call("acceptEndorsement", "EndorsementInput", endorsement),
      declineEndorsement: call("declineEndorsement", "EndorsementInput", endorsement),
      withdrawEndorsement: call("withdrawEndorsement", "EndorsementInput", endorsement),
      pledge: call("pledge", "PledgeInput", "campaign { id pledges { total } }"),
    };
  };
