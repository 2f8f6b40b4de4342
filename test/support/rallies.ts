import type { openWorld, Person } from "./world.js";

type World = ReturnType<typeof openWorld>;
type Made = Awaited<ReturnType<World["a"]["event"]>>;

export const life =
  "event { id version review occurrence occurrenceReason startsAt endsAt timeZone onlineUrl reviewNote }";

export const reason = "The park is closed";
export const inputs = {
  editEvent: (event: Made) => ({ eventId: event.id, version: 1, title: "Another title" }),
  rescheduleEvent: (event: Made) => ({ eventId: event.id, version: 1, startsAt: "2026-01-24T11:00" }),
  postponeEvent: (event: Made) => ({ eventId: event.id, reason }),
  markEventTentative: (event: Made) => ({ eventId: event.id, tentative: true }),
  moveEventOnline: (event: Made) => ({ eventId: event.id, onlineUrl: "https://meet.example/rally" }),
  cancelEvent: (event: Made) => ({ eventId: event.id, reason }),
  copyEvent: (event: Made) => ({ eventId: event.id, startsOn: "2026-02-01" }),
  repeatEvent: (event: Made) => ({ eventId: event.id, dates: ["2026-02-01"] }),
  deleteEvent: (event: Made) => ({ eventId: event.id, reason }),
  requestEventChanges: (event: Made) => ({ eventId: event.id, note: "Which entrance?" }),
  rejectEvent: (event: Made) => ({ eventId: event.id, reason: "Not in this campaign" }),
};
export const selectionOf = (name: string): string =>
  ({ repeatEvent: "events { id }", deleteEvent: "removedId" })[name] ?? "event { id }";

/** What tests of an event's life do again and again. */
export function ralliesIn({ a, as }: World) {
  const read = async (id: string, person?: Person, fields = "id") =>
    (await as(person).run(`query($id: ID!) { event(id: $id) { ${fields} } }`, { id })).data.event;

  /** An approved rally with those who have to do with it. */
  async function rally(fields: Parameters<World["a"]["event"]>[0] = {}) {
    const campaign = await a.campaign();
    const [lead, coHost] = [await a.organization(), await a.organization()];
    const event = await a.event({ campaign, host: lead, ...fields });
    await a.coHost(event, coHost);
    const staff = await a.staff(campaign);
    const admin = await a.admin(lead);
    return { campaign, lead, coHost, event, staff, admin, helper: await a.admin(coHost), stranger: await a.person() };
  }

  const queue = async (person: Person, campaignId: string) =>
    (
      await as(person).run(
        `query($c: ID!) { reviewQueue(campaignId: $c) { nodes { event { id } unreviewedFields heldBy } } }`,
        { c: campaignId },
      )
    ).data.reviewQueue.nodes;

  return { rally, read, queue };
}
