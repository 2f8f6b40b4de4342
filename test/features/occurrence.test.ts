import { fromGlobalId } from "../../src/platform/database/ids.js";
import { openWorld, type Person } from "../support/world.js";

const { a, as, server } = openWorld();

type Made = Awaited<ReturnType<typeof a.event>>;
const life = "event { version review occurrence occurrenceReason startsOn startsAt endsAt onlineUrl }";
const onlineUrl = "https://meet.example/rally";

async function rally(fields: Parameters<typeof a.event>[0] = {}) {
  const campaign = await a.campaign();
  const lead = await a.organization();
  const event = await a.event({ campaign, host: lead, ...fields });
  return { campaign, lead, event, staff: await a.staff(campaign), admin: await a.admin(lead) };
}

/** What a mutation makes of the event, or the reason for which it is refused. */
const after = async (by: Person, mutation: string, event: Made, input: object = {}) => {
  const reply = await as(by).call(mutation, { eventId: event.id, ...input }, life);
  if (reply.code === "OK") return reply.data[mutation].event;
  return { code: reply.code, reason: reply.reason, message: reply.message, fields: reply.fields };
};

describe("What is not published", () => {
  test.each(["cancelEvent", "postponeEvent"])(
    "is not called off by %s: that says what to use instead",
    async (name) => {
      for (const review of ["DRAFT", "IN_REVIEW", "CHANGES_REQUESTED", "REJECTED"]) {
        const { event, admin } = await rally({ review: review as never });
        expect(await after(admin, name, event, { reason: "Ice" })).toMatchObject({
          code: "CONFLICT",
          reason: "EVENT_NOT_APPROVED",
          message: expect.stringContaining("deleteEvent"),
        });
      }
    },
  );

  test("is not submitted once it is cancelled, rejected or over, and the refusal says what is possible", async () => {
    const refused = async (fields: object) => {
      const { event, admin } = await rally({ review: "CHANGES_REQUESTED" as never, ...fields });
      return after(admin, "submitEvent", event);
    };
    expect(await refused({ occurrence: "CANCELLED" })).toMatchObject({ reason: "EVENT_CANCELLED" });
    expect(await refused({ review: "REJECTED" })).toMatchObject({
      reason: "EVENT_NOT_DRAFT",
      message: expect.stringMatching(/rejected.*copyEvent/),
    });
    const over = { startsAt: new Date("2026-01-23T12:00:00Z"), endsAt: new Date("2026-01-23T14:00:00Z") };
    const ended = { code: "CONFLICT", reason: "EVENT_ENDED" };
    expect(await refused(over)).toMatchObject({ ...ended, fields: [{ path: "input.startsAt" }] });
    const day = { startsOn: "2026-01-20", startsAt: null, endsAt: null };
    expect(await refused(day)).toMatchObject({ ...ended, fields: [{ path: "input.startsOn" }] });
    const { event, admin } = await rally();
    expect(await after(admin, "submitEvent", event)).toMatchObject({ message: expect.stringContaining("past that") });
    const repeat = { eventId: event.id, dates: ["2025-01-01"], submit: true };
    expect(await as(admin).call("repeatEvent", repeat, "events { id }")).toMatchObject(ended);
  });
});

describe("Whether it is certain", () => {
  test("is no question of what is postponed, online or cancelled", async () => {
    for (const [occurrence, reason] of [
      ["POSTPONED", "EVENT_NOT_SCHEDULED"],
      ["MOVED_ONLINE", "EVENT_NOT_SCHEDULED"],
      ["CANCELLED", "EVENT_CANCELLED"],
    ])
      for (const tentative of [true, false]) {
        const { event, admin } = await rally({ occurrence: occurrence as never });
        expect(await after(admin, "markEventTentative", event, { tentative })).toMatchObject({
          code: "CONFLICT",
          reason,
        });
      }
  });

  test("leaves what is rescheduled so, as long as it is certain", async () => {
    const { event, admin } = await rally({ occurrence: "RESCHEDULED" as never });
    const mark = async (tentative: boolean) =>
      (await after(admin, "markEventTentative", event, { tentative })).occurrence;
    expect([await mark(false), await mark(true), await mark(false)]).toEqual(["RESCHEDULED", "TENTATIVE", "SCHEDULED"]);
  });
});

describe("An online event", () => {
  test("comes back to its place with null, again being harmless; left out, the address is asked for", async () => {
    const { event, admin } = await rally();
    expect(await after(admin, "moveEventOnline", event)).toMatchObject({ fields: [{ path: "input.onlineUrl" }] });
    expect(await after(admin, "moveEventOnline", event, { onlineUrl: null })).toMatchObject({ version: 1 });
    await after(admin, "moveEventOnline", event, { onlineUrl });
    const back = { occurrence: "SCHEDULED", onlineUrl: null, version: 3 };
    for (let again = 0; again < 2; again++)
      expect(await after(admin, "moveEventOnline", event, { onlineUrl: null })).toMatchObject(back);
  });

  test("stays online through a postponement and a new time, and its copy is at the place", async () => {
    const { event, admin } = await rally();
    await after(admin, "moveEventOnline", event, { onlineUrl });
    await after(admin, "postponeEvent", event);
    expect(await after(admin, "rescheduleEvent", event, { version: 3, startsAt: "2026-01-24T11:00" })).toMatchObject({
      occurrence: "MOVED_ONLINE",
      onlineUrl,
    });
    expect(await after(admin, "copyEvent", event, { startsOn: "2026-02-01" })).toMatchObject({
      occurrence: "SCHEDULED",
      onlineUrl: null,
    });
  });
});

describe("Another time", () => {
  test("keeps what is left out, and null clears it", async () => {
    const { event, admin } = await rally();
    const set = (version: number, times: object) => after(admin, "rescheduleEvent", event, { version, ...times });
    expect(await set(1, { startsOn: "2026-01-24" })).toMatchObject({
      startsAt: "2026-01-24T17:00:00+00:00",
      endsAt: "2026-01-24T21:00:00+00:00",
    });
    expect(await set(2, { startsAt: "2026-01-25T12:00" })).toMatchObject({
      startsAt: "2026-01-25T18:00:00+00:00",
      endsAt: "2026-01-25T21:00:00+00:00",
    });
    expect(await set(3, { startsAt: "2026-01-25T18:00" })).toMatchObject({ fields: [{ path: "input.endsAt" }] });
    expect(await set(3, { endsAt: null })).toMatchObject({ startsAt: "2026-01-25T18:00:00+00:00", endsAt: null });
    expect(await set(4, { startsAt: null })).toMatchObject({ startsOn: "2026-01-25", startsAt: null });
  });

  test("of what was postponed lets it take place again, also at the time that it had", async () => {
    for (const [times, occurrence] of [
      [{}, "SCHEDULED"],
      [{ startsOn: "2026-01-24" }, "RESCHEDULED"],
    ] as const) {
      const { event, admin } = await rally();
      await after(admin, "postponeEvent", event, { reason: "Ice" });
      expect(await after(admin, "rescheduleEvent", event, { version: 2, ...times })).toMatchObject({
        occurrence,
        occurrenceReason: null,
      });
    }
  });

  test("set by an edit drops the reason of the time before", async () => {
    const { event, admin } = await rally();
    await after(admin, "postponeEvent", event, { reason: "Ice" });
    expect(await after(admin, "editEvent", event, { version: 2, startsOn: "2026-01-24" })).toMatchObject({
      occurrence: "RESCHEDULED",
      occurrenceReason: null,
    });
  });
});

test("Staff look at edits of published events, but not at their own, nor at those of whom they trust", async () => {
  const { event, campaign, staff, admin, lead } = await rally();
  const waits = async () =>
    (
      await as(staff).run(`query($c: ID!) { reviewQueue(campaignId: $c) { nodes { unreviewedFields } } }`, {
        c: campaign.id,
      })
    ).data.reviewQueue.nodes;
  await after(staff, "editEvent", event, { version: 1, title: "By staff" });
  expect(await waits()).toEqual([]);
  await server().services.db.update("Campaign", fromGlobalId("Campaign", campaign.id, "id"), {
    reviewPolicy: "TRUST_SOME",
  });
  const trust = { campaignId: campaign.id, organizationId: lead.id };
  await as(staff).call("trustOrganization", trust, "campaign { id }");
  await after(admin, "editEvent", event, { version: 2, title: "By those who are trusted" });
  expect(await waits()).toEqual([]);
  await as(staff).call("distrustOrganization", trust, "campaign { id }");
  await after(admin, "editEvent", event, { version: 3, title: "By those who are not" });
  expect(await waits()).toEqual([{ unreviewedFields: ["title"] }]);
  await after(staff, "editEvent", event, { version: 4, venue: "City Hall" });
  expect(await waits()).toEqual([{ unreviewedFields: ["title"] }]);
});
