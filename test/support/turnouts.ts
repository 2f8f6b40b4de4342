import { fromGlobalId } from "../../src/platform/database/ids.js";
import { verifyTurnouts } from "../../src/features/turnout/verify.js";
import type { openWorld, Person } from "./world.js";

/** Everything that is said of how many came. */
export const allOfTurnout =
  "low high peakLow peakHigh state lowest highest median reporting scheduled closed reports observedAt";

type Made = { id: string; slug: string };

/** Calls about how many came, and what stands afterwards. */
export function turnoutsIn({ a, as, server }: Pick<ReturnType<typeof openWorld>, "a" | "as" | "server">) {
  const report = async (by: Person, event: { id: string }, input: object) => {
    const selection = "report { id status flags reporter { id } } event { turnout { low high reports } }";
    const reply = await as(by).call("reportTurnout", { eventId: event.id, ...input }, selection);
    return { ...reply, report: reply.data?.reportTurnout.report };
  };
  const of = async (event: { id: string }, by?: Person, asOf?: string, selection = allOfTurnout) =>
    (
      await as(by).run(
        `query($id: ID!, $asOf: DateTime) { event(id: $id) { turnout(asOf: $asOf) { ${selection} } } }`,
        { id: event.id, asOf },
      )
    ).data.event.turnout;

  return {
    report,
    of,
    /** The sums of a campaign. */
    ofCampaign: async (campaign: Made, by?: Person, selection = allOfTurnout) =>
      (
        await as(by).run(`query($slug: String!) { campaign(slug: $slug) { turnout { ${selection} } } }`, {
          slug: campaign.slug,
        })
      ).data.campaign.turnout,
    /** A campaign in which everybody may report, with a staff member and an event. */
    open: async (policy: object = { reporting: "OPEN" }) => {
      const [campaign, host] = [await a.campaign(), await a.organization()];
      const staff = await a.staff(campaign);
      const { code } = await as(staff).call("setTurnoutPolicy", { campaignId: campaign.id, ...policy }, "__typename");
      expect(code).toBe("OK");
      const event = await a.event({ campaign, host });
      return { campaign, staff, host, manager: await a.admin(host), event };
    },
    /** The ids under which people report in a campaign. */
    voices: async (campaign: Made, people: Person[]): Promise<string[]> => {
      const rows: { id: string }[] = await server().services.db.query(
        `SELECT 'turnout_reporter_' || replace(id::text, '-', '') AS id FROM turnout_reporters
         WHERE scope_id = $1 AND person_id = ANY ($2) ORDER BY id`,
        [fromGlobalId("Campaign", campaign.id, "id"), people.map(({ id }) => id)],
      );
      return rows.map(({ id }) => id);
    },
    /** What is not what its reports come to, counted again. */
    faults: async () => (await verifyTurnouts(server().services)).faults,
  };
}
