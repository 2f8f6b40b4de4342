import { type Acting, canary, type Cases, maker, reason, type World } from "./case.js";

/** Deciding about the numbers of a campaign and its events. */
export function turnoutCases({ a, as }: Pick<World, "a" | "as">): Cases {
  const idIn = maker({ as });

  /** By the staff of a campaign at whose event somebody has reported, after they have taken these steps. */
  const counted =
    (...before: [name: string, input: object][]) =>
    async () => {
      const campaign = await a.campaign();
      const event = await a.event({ campaign });
      const by = await a.staff(campaign);
      await idIn(await a.reporter(event), "reportTurnout", "report", { eventId: event.id, count: 5 });
      for (const [name, input] of before) await as(by).call(name, { eventId: event.id, ...input }, "__typename");
      return { by, campaign, event };
    };
  const atEvent =
    (more: object, ...before: [name: string, input: object][]) =>
    async (): Promise<Acting> => {
      const { by, event } = await counted(...before)();
      return { by, input: { eventId: event.id, ...more } };
    };
  const ofReporter = async (): Promise<Acting> => {
    const { by, campaign } = await counted()();
    const list = `query($id: ID!) { node(id: $id) { ... on Campaign { turnoutReporters { nodes { id } } } } }`;
    const { nodes } = (await as(by).run(list, { id: campaign.id })).data.node.turnoutReporters;
    return { by, input: { campaignId: campaign.id, reporterIds: [nodes[0].id], reason } };
  };

  const linked = async () => {
    const { by, event } = await counted()();
    const { data } = await as(by).call("createTurnoutLink", { eventId: event.id, label: canary }, "link { id } url");
    const { link, url } = data.createTurnoutLink;
    return { by, linkId: link.id, token: url.split("/").at(-1) };
  };

  return {
    createTurnoutLink: async () => ({ ...(await atEvent({ label: canary })()), makes: true }),
    revokeTurnoutLink: async () => {
      const { by, linkId } = await linked();
      return { by, input: { linkId } };
    },
    reportTurnoutByLink: async () => {
      const { by, token } = await linked();
      const input = { token, count: 5, words: canary };
      return { by, input, refused: { input: { ...input, token: "none" } }, open: true, makes: true };
    },
    nudgeHosts: async () => {
      const campaign = await a.campaign();
      await a.event({ campaign });
      return { by: await a.staff(campaign), input: { campaignId: campaign.id } };
    },
    setTurnoutPolicy: async () => {
      const campaign = await a.campaign();
      return { by: await a.staff(campaign), input: { campaignId: campaign.id, publishing: "AFTER_REVIEW" } };
    },
    quarantineReporters: ofReporter,
    liftQuarantines: async () => {
      const { by, input } = await ofReporter();
      await as(by).call("quarantineReporters", input, "__typename");
      return { by, input };
    },
    // Each says it anew, of what is reported by then.
    closeTurnout: async () => ({ ...(await atEvent({ count: 6, words: canary })()), makes: true }),
    certifyTurnout: atEvent({}),
    reopenTurnout: atEvent({ reason }, ["closeTurnout", {}]),
  };
}
