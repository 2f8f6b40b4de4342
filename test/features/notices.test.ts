import { hastenJobs, jobsDone, runTask } from "../support/jobs.js";
import { lettersTo } from "../support/outbox.js";
import { openWorld, type Person } from "../support/world.js";

const { a, as, clock, server, folder } = openWorld();

type Made = Awaited<ReturnType<typeof a.event>>;
const done = (): Promise<void> => jobsDone(server().services);

async function mailsOf(person: Person): Promise<{ subject: string; text: string }[]> {
  await done();
  return lettersTo(folder(), person.email);
}
const subjects = async (person: Person): Promise<string[]> => (await mailsOf(person)).map(({ subject }) => subject);

async function rally(fields: Parameters<typeof a.event>[0] = {}) {
  const campaign = await a.campaign();
  const event = await a.event({ campaign, title: "Rally at the river", venue: "River Park", ...fields });
  return { campaign, event, staff: await a.staff(campaign), follower: await a.follower(event) };
}

const reschedule = (person: Person, event: Made, version: number, startsAt: string) =>
  as(person).call("rescheduleEvent", { eventId: event.id, version, startsAt });

/** Nothing can be sent meanwhile; `tried` resolves once it was tried. */
async function whileMailIsAway(act: (tried: Promise<void>) => Promise<unknown>): Promise<void> {
  const { services } = server();
  const { mailer } = services;
  const tried = new Promise<void>((resolve) => {
    services.mailer = { send: () => (resolve(), Promise.reject(new Error("away"))) };
  });
  try {
    await act(tried);
  } finally {
    services.mailer = mailer;
  }
  await hastenJobs(services);
}

test("tells a follower of nothing that is not published, not theirs to know, or no change", async () => {
  const { event, staff, follower } = await rally({ review: "DRAFT" as never });
  await reschedule(staff, event, 1, "2026-01-24T11:00");
  const open = await rally();
  await as(open.staff).call("editEvent", { eventId: open.event.id, version: 1, whatToBring: "Water" });
  expect([await subjects(follower), await subjects(open.follower)]).toEqual([[], []]);
});

test("tells each follower once what changed, in the event's zone, and nobody else", async () => {
  const { event, staff, follower } = await rally();
  const other = await a.follower(await a.event());
  await as(staff).call("editEvent", {
    eventId: event.id,
    version: 1,
    venue: "City Hall",
    startsAt: "2026-01-23T12:00",
  });
  const [mail, ...more] = await mailsOf(follower);
  expect(more).toEqual([]);
  expect(mail!.subject).toBe("New time: Rally at the river");
  expect(mail!.text).toContain(
    "When: Friday, January 23, 2026, 12:00 PM CST to 3:00 PM (before: Friday, January 23, 2026, 11:00 AM CST to 3:00 PM)",
  );
  expect(mail!.text).toContain("Where: City Hall, Minneapolis, MN (before: River Park, Minneapolis, MN)");
  expect([await subjects(other), await subjects(staff)]).toEqual([[], []]);
});

test("tells only how it is, when it moved twice and was cancelled before a mail went out", async () => {
  const { event, staff, follower } = await rally();
  await whileMailIsAway(async (tried) => {
    await reschedule(staff, event, 1, "2026-01-24T11:00");
    await reschedule(staff, event, 2, "2026-01-25T12:00");
    await tried;
    await as(staff).call("cancelEvent", { eventId: event.id, reason: "Ice on the roads" });
  });
  const mails = await mailsOf(follower);
  expect(mails.map(({ subject }) => subject)).toEqual(["Cancelled: Rally at the river"]);
  expect(mails[0]!.text).toContain("Why: Ice on the roads");
});

test("tells nothing of a change that was taken back before a mail went out", async () => {
  const { event, staff, follower } = await rally();
  await whileMailIsAway(async (tried) => {
    await as(staff).call("editEvent", { eventId: event.id, version: 1, venue: "City Hall" });
    await tried;
    await as(staff).call("editEvent", { eventId: event.id, version: 2, venue: "River Park" });
  });
  expect(await subjects(follower)).toEqual([]);
});

test("tells the second change as a difference from the first that was told", async () => {
  const { event, staff, follower } = await rally();
  await as(staff).call("editEvent", { eventId: event.id, version: 1, venue: "City Hall" });
  await done();
  await as(staff).call("editEvent", { eventId: event.id, version: 2, venue: "Old Mill" });
  expect((await mailsOf(follower))[1]!.text).toContain(
    "Where: Old Mill, Minneapolis, MN (before: City Hall, Minneapolis, MN)",
  );
});

test("keeps an exact private place out of mails to who may not see it", async () => {
  const { event, staff, follower } = await rally({ locationPrecision: "CITY" as never });
  const coordinator = await a.coordinator(event);
  await a.follower(event, coordinator);
  await as(staff).call("editEvent", {
    eventId: event.id,
    version: 1,
    venue: "Canary Hall",
    startsOn: "2026-01-24",
    startsAt: "2026-01-24T10:00",
    endsAt: null,
  });
  expect((await mailsOf(follower))[0]!.text).not.toContain("Canary");
  expect((await mailsOf(coordinator))[0]!.text).toContain("Where: Canary Hall");
});

test("keeps a place that was private when it was left out of mails, also once places are told", async () => {
  const { event, staff, follower } = await rally({ locationPrecision: "CITY" as never, venue: "Canary Hall" });
  await as(staff).call("editEvent", { eventId: event.id, version: 1, venue: "City Hall", locationPrecision: "EXACT" });
  const [mail] = await mailsOf(follower);
  expect(mail!.text).toContain("Where: City Hall, Minneapolis, MN (before: Minneapolis, MN)");
});

test("mails an announcement to followers, once, and none that was removed by then", async () => {
  const { event, staff, follower } = await rally();
  const say = (subject: string) =>
    as(staff).call("announce", { eventId: event.id, subject, text: "Bring water." }, "announcement { id }");
  await say("Which bus to take");
  await whileMailIsAway(async () => {
    const { id: announcementId } = (await say("Never mind")).data.announce.announcement;
    await as(staff).call("removeAnnouncement", { announcementId }, "__typename");
  });
  const [mail, ...more] = await mailsOf(follower);
  expect(more).toEqual([]);
  expect(mail!.subject).toBe("Which bus to take");
  expect(mail!.text).toContain("To those who follow Rally at the river:\n\nBring water.");
});

test("tells that it was deleted, and that it is now another event", async () => {
  const { event, staff, follower } = await rally();
  await as(staff).call("deleteEvent", { eventId: event.id, reason: "Twice" }, "removedId");
  expect(await subjects(follower)).toEqual(["No longer takes place: Rally at the river"]);
  const merged = await rally();
  const into = await a.event({ campaign: merged.campaign, title: "March to the river" });
  await as(merged.staff).call("mergeEvent", { eventId: merged.event.id, intoEventId: into.id });
  expect(await subjects(merged.follower)).toEqual(["Now one event: March to the river"]);
  await as(merged.staff).call("cancelEvent", { eventId: into.id, reason: "Ice" });
  expect(await subjects(merged.follower)).toEqual([
    "Now one event: March to the river",
    "Cancelled: March to the river",
  ]);
});

describe("Reminders", () => {
  const remind = async (at: string): Promise<void> => {
    clock.now = new Date(at);
    await runTask(server().services, "event reminders");
    await runTask(server().services, "event reminders");
  };
  const start = clock.now;
  afterEach(() => void (clock.now = start));

  test("come the day before and on the day, in the zone of the event, once each", async () => {
    const startsAt = new Date("2026-03-10T21:00:00Z");
    const { follower } = await rally({ startsOn: "2026-03-10", startsAt, endsAt: null, city: "honolulu-hi" });
    await remind("2026-03-09T19:59:00Z");
    expect(await subjects(follower)).toEqual([]);
    await remind("2026-03-09T20:01:00Z");
    expect(await subjects(follower)).toEqual(["Tomorrow: Rally at the river"]);
    await remind("2026-03-10T17:59:00Z");
    expect(await subjects(follower)).toHaveLength(1);
    await remind("2026-03-10T18:01:00Z");
    expect(await subjects(follower)).toEqual(["Tomorrow: Rally at the river", "Today: Rally at the river"]);
  });

  test("move when the event moves, and none is sent for times that are past", async () => {
    const { event, staff, follower } = await rally({
      startsOn: "2026-02-10",
      startsAt: new Date("2026-02-10T18:00:00Z"),
      endsAt: null,
    });
    await whileMailIsAway(async (tried) => {
      await remind("2026-02-09T16:01:00Z");
      await tried;
      await reschedule(staff, event, 1, "2026-02-12T12:00");
    });
    expect(await subjects(follower)).toEqual(["New time: Rally at the river"]);
    await remind("2026-02-11T16:01:00Z");
    expect(await subjects(follower)).toEqual(["New time: Rally at the river", "Tomorrow: Rally at the river"]);
  });

  test("of a cancelled or postponed event do not come; of a day without a time they do", async () => {
    const times = { startsOn: "2026-02-20", startsAt: null, endsAt: null };
    const off = [
      await rally({ ...times, occurrence: "CANCELLED" as never }),
      await rally({ ...times, occurrence: "POSTPONED" as never }),
    ];
    const { follower } = await rally(times);
    await remind("2026-02-20T14:01:00Z");
    for (const event of off) expect(await subjects(event.follower)).toEqual([]);
    const [mail] = await mailsOf(follower);
    expect(mail!.subject).toBe("Today: Rally at the river");
    expect(mail!.text).toContain("When: Friday, February 20, 2026, time to be announced");
  });
});

test("tells hosts how the review ended, with the staff's words, if it is still so", async () => {
  const lead = await a.organization();
  const admin = await a.admin(lead);
  const { event, staff } = await rally({ host: lead, review: "IN_REVIEW" as never });
  await as(staff).call("requestEventChanges", { eventId: event.id, note: "Which entrance?" });
  const [mail] = await mailsOf(admin);
  expect(mail!.subject).toBe("Please change: Rally at the river");
  expect(mail!.text).toContain("Which entrance?");
  await whileMailIsAway(async () => {
    await as(admin).call("submitEvent", { eventId: event.id });
    await as(staff).call("rejectEvent", { eventId: event.id, reason: "Other day" });
  });
  expect(await subjects(admin)).toEqual(["Please change: Rally at the river", "Not published: Rally at the river"]);
});

test("mails invitations to co-hosts, members, staff and endorsers, and none that was withdrawn or answered by then", async () => {
  const { event, staff, campaign } = await rally();
  const asked = await a.organization();
  const admin = await a.admin(asked);
  await as(staff).call("inviteCoHost", { eventId: event.id, organizationId: asked.id });
  await as(staff).call(
    "inviteEndorsement",
    { campaignId: campaign.id, organizationId: asked.id },
    "endorsement { id }",
  );
  expect(await subjects(admin)).toEqual(
    expect.arrayContaining([
      "Will you host with us? Rally at the river",
      expect.stringMatching(/^Will you endorse it\?/),
    ]),
  );
  const [member, colleague] = [await a.person(), await a.person()];
  const invite = { organizationId: asked.id, email: member.email, role: "MEMBER" };
  await whileMailIsAway(async (tried) => {
    const reply = await as(admin).call("inviteMember", invite, "invitation { id }");
    await tried;
    const { id: invitationId } = reply.data.inviteMember.invitation;
    expect(await as(admin).call("withdrawInvitation", { invitationId }, "__typename")).toMatchObject({ code: "OK" });
  });
  await as(staff).call("inviteCampaignStaff", { campaignId: campaign.id, email: colleague.email }, "invitation { id }");
  expect(await subjects(member)).toEqual([]);
  expect(await subjects(colleague)).toEqual([expect.stringMatching(/^You are invited: /)]);
});

test.each([["PRIVATE"], ["UNLISTED"]])(
  "names a %s event that another is merged into only to those who may see it",
  async (visibility) => {
    const { campaign, event, staff, follower } = await rally();
    const into = await a.event({ campaign, title: "Meeting of the marshals", visibility: visibility as never });
    await as(staff).call("mergeEvent", { eventId: event.id, intoEventId: into.id });
    const expected =
      visibility === "PRIVATE" ? "No longer takes place: Rally at the river" : "Now one event: Meeting of the marshals";
    expect(await subjects(follower)).toEqual([expected]);
  },
);

test("tells of a deletion by the title that a follower knows, not by one it had when it was hidden", async () => {
  const { event, staff, follower } = await rally();
  await as(staff).call("editEvent", {
    eventId: event.id,
    version: 1,
    visibility: "PRIVATE",
    title: "Meeting of the marshals",
  });
  await as(staff).call("deleteEvent", { eventId: event.id, reason: "Made by mistake" }, "removedId");
  expect(await subjects(follower)).toEqual(["No longer takes place: Rally at the river"]);
});
