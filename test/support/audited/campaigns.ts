import { type Acting, canary, type Cases, maker, type World } from "./case.js";

/** What people do with campaigns, their demands, staff and endorsements. */
export function campaignCases({ a, as }: World): Cases {
  const idIn = maker({ as });
  type Fields = Parameters<typeof a.campaign>[0];

  /** A campaign, its staff, and inputs about it. */
  async function action(fields: Fields = {}) {
    const campaign = await a.campaign(fields);
    const of = (more: object = {}) => ({ campaignId: campaign.id, ...more });
    return { campaign, of, staff: await a.staff(campaign) };
  }
  const byStaff =
    (more: object = {}, fields?: Fields) =>
    async (): Promise<Acting> => {
      const { staff, of } = await action(fields);
      return { by: staff, input: of(more) };
    };
  const demand = (more: object) => async (): Promise<Acting> => {
    const { staff, of } = await action();
    const add = (text: string) => idIn(staff, "addDemand", "demand", of({ text }));
    const ids = [await add(canary), await add(`Another ${canary}`)];
    return { by: staff, input: { demandId: ids[0], ...more } };
  };
  /** An organization and a campaign, after its staff have taken these steps. */
  const withOrganization =
    (...before: string[]) =>
    async (): Promise<Acting> => {
      const [{ campaign, of }, organization] = [await action(), await a.organization()];
      const input = of({ organizationId: organization.id });
      const by = await a.staff(campaign, await a.admin(organization));
      for (const name of before) await as(by).call(name, input, "__typename");
      return { by, input };
    };
  const endorsing =
    (...before: string[]) =>
    async (): Promise<Acting> => {
      const { by, input } = await withOrganization()();
      const endorsementId = await idIn(by, "inviteEndorsement", "endorsement", input);
      for (const name of before) await as(by).call(name, { endorsementId }, "__typename");
      return { by, input: { endorsementId } };
    };
  const days = { startsOn: "2026-05-01", endsOn: "2026-05-01" };
  const medics = { role: "MEDIC", kind: "FIRST_AID" };
  const draft = { status: "DRAFT" as never };

  return {
    createCampaign: async () => {
      const by = await a.admin(await a.organization({ verified: true }));
      return { by, input: { title: canary, description: canary, ...days }, makes: true };
    },
    editCampaign: byStaff({ version: 1, title: canary, callToAction: canary }),
    openCampaign: byStaff({}, draft),
    closeCampaign: byStaff(),
    reopenCampaign: byStaff({}, { status: "CLOSED" as never }),
    addDemand: async () => ({ ...(await byStaff({ text: canary })()), makes: true }),
    editDemand: demand({ text: `Other words with ${canary}` }),
    moveDemand: demand({ position: 2 }),
    removeDemand: demand({}),
    addRoleRequirement: byStaff(medics),
    removeRoleRequirement: async () => {
      const { by, input } = await byStaff(medics)();
      await as(by).call("addRoleRequirement", input, "__typename");
      return { by, input };
    },
    addOrganizer: withOrganization(),
    removeOrganizer: withOrganization("addOrganizer"),
    trustOrganization: withOrganization(),
    distrustOrganization: withOrganization("trustOrganization"),
    inviteCampaignStaff: async () => ({
      ...(await byStaff({ email: `${canary}@rallygraph.example` })()),
      makes: true,
    }),
    removeCampaignStaff: async () => {
      const { campaign, staff, of } = await action();
      const { id } = await a.staff(campaign);
      return { by: staff, input: of({ personId: `person_${id.replaceAll("-", "")}` }) };
    },
    leaveCampaignStaff: async () => {
      const { campaign, of } = await action();
      await a.staff(campaign);
      return { by: await a.staff(campaign), input: of(), refused: { input: (await action(draft)).of() } };
    },
    inviteEndorsement: withOrganization(),
    acceptEndorsement: endorsing(),
    declineEndorsement: endorsing(),
    withdrawEndorsement: endorsing("acceptEndorsement"),
  };
}
