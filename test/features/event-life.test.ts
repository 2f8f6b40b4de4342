import { changesSince } from "../support/changes.js";
import { openWorld, type Person } from "../support/world.js";

const { a, as, clock, server } = openWorld();

type Made = Awaited<ReturnType<typeof a.event>>;

const life = "event { id version review occurrence occurrenceReason startsAt endsAt timeZone onlineUrl reviewNote }";
const read = async (id: string, person?: Person, fields = "id") =>
  (await as(person).run(`query($id: ID!) { event(id: $id) { ${fields} } }`, { id })).data.event;

/** An approved rally with those who have to do with it. */
async function rally(fields: Parameters<typeof a.event>[0] = {}) {
  const campaign = await a.campaign();
  const [lead, coHost] = [await a.organization(), await a.organization()];
  const event = await a.event({ campaign, host: lead, ...fields });
  await a.coHost(event, coHost);
  const staff = await a.staff(campaign);
  const admin = await a.admin(lead);
  return { campaign, lead, coHost, event, staff, admin, helper: await a.admin(coHost), stranger: await a.person() };
}

const reason = "The park is closed";
const inputs = {
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
const selectionOf = (name: string): string =>
  ({ repeatEvent: "events { id }", deleteEvent: "removedId" })[name] ?? "event { id }";

describe("Who may", () => {
  test.each([
    ["editEvent", ["admin", "helper", "staff"]],
    ["rescheduleEvent", ["admin", "helper", "staff"]],
    ["moveEventOnline", ["admin", "helper", "staff"]],
    ["markEventTentative", ["admin", "helper", "staff"]],
    ["copyEvent", ["admin", "helper", "staff"]],
    ["repeatEvent", ["admin", "helper", "staff"]],
    ["postponeEvent", ["admin", "staff"]],
    ["cancelEvent", ["admin", "staff"]],
    ["deleteEvent", ["admin", "staff"]],
    ["requestEventChanges", ["staff"]],
    ["rejectEvent", ["staff"]],
  ] as const)("%s: %s and nobody else", async (name, allowed) => {
    for (const who of ["stranger", "helper", "admin", "staff"] as const) {
      const world = await rally();
      const { code } = await as(world[who]).call(name, inputs[name](world.event), selectionOf(name));
      expect([who, code]).toEqual([who, allowed.includes(who as never) ? "OK" : "FORBIDDEN"]);
    }
    const { event } = await rally({ visibility: "PRIVATE" as never });
    const asked = (eventId: string) => as(stranger).call(name, { ...inputs[name](event), eventId }, selectionOf(name));
    const stranger = await a.person();
    const [hidden, missing] = [await asked(event.id), await asked("event_00000000000000000000000000000000")];
    expect(hidden).toMatchObject({ code: "NOT_FOUND", message: missing.message });
    expect((await as().call(name, inputs[name](event), selectionOf(name))).code).toBe("UNAUTHENTICATED");
  });

  test("no longer: who drafted it for an organization that they have left", async () => {
    const lead = await a.organization();
    const creator = await a.person();
    const event = await a.event({ host: lead, createdByPerson: creator, review: "DRAFT" as never });
    expect(await as(creator).call("editEvent", inputs.editEvent(event))).toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("An edit", () => {
  test("on a stale version is refused with what has changed since", async () => {
    const { event, admin, helper } = await rally();
    expect(await as(admin).call("editEvent", { ...inputs.editEvent(event), venue: "City Hall" })).toMatchObject({
      code: "OK",
    });
    expect(await as(helper).call("editEvent", inputs.editEvent(event))).toMatchObject({
      code: "CONFLICT",
      reason: "STALE_VERSION",
      fields: [
        { path: "input.version", reason: "must be 2, the present one" },
        { path: "input.title", reason: expect.stringContaining("was changed") },
        { path: "input.venue", reason: expect.stringContaining("was changed") },
      ],
    });
  });

  test("of two at once on the same version is kept of one only", async () => {
    const { event, admin, helper } = await rally();
    const replies = await Promise.all(
      [admin, helper].map((who, n) =>
        as(who).call("editEvent", { eventId: event.id, version: 1, title: `Title ${n}` }),
      ),
    );
    expect(replies.map(({ code }) => code).sort()).toEqual(["CONFLICT", "OK"]);
    expect(await read(event.id, admin, "version")).toEqual({ version: 2 });
  });

  test("leaves what it leaves out, clears what is null, and refuses to clear what an event always has", async () => {
    const { event, admin } = await rally({ description: "Bring flags", accessibilityNotes: "Ramp" });
    await as(admin).call("editEvent", { eventId: event.id, version: 1, description: null });
    expect(await read(event.id, admin, "description accessibilityNotes title")).toMatchObject({
      description: null,
      accessibilityNotes: "Ramp",
      title: expect.stringContaining("Rally"),
    });
    for (const name of ["title", "type", "visibility", "accessibility"])
      expect(await as(admin).call("editEvent", { eventId: event.id, version: 2, [name]: null })).toMatchObject({
        code: "BAD_USER_INPUT",
        fields: [{ path: `input.${name}`, reason: expect.stringContaining("cannot be cleared") }],
      });
  });

  test("that changes nothing is no new version", async () => {
    const { event, admin } = await rally({ title: "A rally" });
    await as(admin).call("editEvent", { eventId: event.id, version: 1, title: "A rally" });
    expect(await read(event.id, admin, "version")).toEqual({ version: 1 });
  });

  test("of place or time after the approval is allowed, stays public, and is told to staff until they have looked", async () => {
    const { event, admin, staff, campaign } = await rally();
    await as(admin).call("editEvent", { eventId: event.id, version: 1, venue: "City Hall" });
    expect(await read(event.id)).toEqual({ id: event.id });
    expect(await queue(staff, campaign.id)).toEqual([
      { event: { id: event.id }, unreviewedFields: ["venue"], heldBy: null },
    ]);
    await as(staff).call("approveEvent", { eventId: event.id });
    expect(await queue(staff, campaign.id)).toEqual([]);
  });
});

const queue = async (person: Person, campaignId: string) =>
  (
    await as(person).run(
      `query($c: ID!) { reviewQueue(campaignId: $c) { nodes { event { id } unreviewedFields heldBy } } }`,
      { c: campaignId },
    )
  ).data.reviewQueue.nodes;

describe("Whether it takes place:", () => {
  test("other times keep the earlier ones, and it is rescheduled", async () => {
    const { event, admin } = await rally();
    const moved = await as(admin).call("rescheduleEvent", { ...inputs.rescheduleEvent(event), reason }, life);
    expect(moved.data.rescheduleEvent.event).toMatchObject({
      occurrence: "RESCHEDULED",
      occurrenceReason: reason,
      startsAt: "2026-01-24T17:00:00+00:00",
      endsAt: "2026-01-24T21:00:00+00:00",
      version: 2,
    });
    clock.now = new Date(clock.now.getTime() + 1_000);
    await as(admin).call("editEvent", { eventId: event.id, version: 2, startsAt: "2026-01-25T09:00" });
    expect(await read(event.id, undefined, "startsOn occurrence earlierTimes { startsOn startsAt }")).toEqual({
      startsOn: "2026-01-25",
      occurrence: "RESCHEDULED",
      earlierTimes: [
        { startsOn: "2026-01-24", startsAt: "2026-01-24T17:00:00+00:00" },
        { startsOn: "2026-01-23", startsAt: "2026-01-23T17:00:00+00:00" },
      ],
    });
  });

  test("times of a draft are only corrected", async () => {
    const { event, admin } = await rally({ review: "DRAFT" as never });
    await as(admin).call("editEvent", { eventId: event.id, version: 1, startsAt: "2026-01-23T09:00" });
    expect(await read(event.id, admin, "occurrence earlierTimes { startsOn }")).toEqual({
      occurrence: "SCHEDULED",
      earlierTimes: [],
    });
  });

  test("a clock time for a day that was announced without one is no other time", async () => {
    const { event, admin } = await rally({ startsAt: null, endsAt: null });
    await as(admin).call("editEvent", { eventId: event.id, version: 1, startsAt: "2026-01-23T09:00" });
    expect(await read(event.id, undefined, "occurrence")).toEqual({ occurrence: "SCHEDULED" });
  });

  test("postponed, tentative, online, each said to everybody", async () => {
    const { event, admin } = await rally();
    const occurrence = async () => (await read(event.id, undefined, "occurrence")).occurrence;
    await as(admin).call("markEventTentative", { eventId: event.id, tentative: true });
    expect(await occurrence()).toBe("TENTATIVE");
    await as(admin).call("markEventTentative", { eventId: event.id, tentative: false });
    expect(await occurrence()).toBe("SCHEDULED");
    await as(admin).call("postponeEvent", { eventId: event.id });
    expect(await occurrence()).toBe("POSTPONED");
    await as(admin).call("moveEventOnline", inputs.moveEventOnline(event));
    expect(await read(event.id, undefined, "occurrence onlineUrl")).toEqual({
      occurrence: "MOVED_ONLINE",
      onlineUrl: "https://meet.example/rally",
    });
  });

  test.each([
    "http://meet.example/rally",
    "javascript:alert(1)",
    "meet.example",
    `https://meet.example/${"x".repeat(500)}`,
  ])("refuses to move it to %.40s", async (onlineUrl) => {
    const { event, admin } = await rally();
    expect(await as(admin).call("moveEventOnline", { eventId: event.id, onlineUrl })).toMatchObject({
      code: "BAD_USER_INPUT",
      fields: [{ path: "input.onlineUrl", reason: expect.stringContaining("https address") }],
    });
  });

  test("cancelled is for good, said again it is harmless, and it stays listed with its reason", async () => {
    const { event, admin, campaign } = await rally();
    for (let again = 0; again < 2; again++)
      expect(await as(admin).call("cancelEvent", inputs.cancelEvent(event))).toMatchObject({ code: "OK" });
    for (const name of ["rescheduleEvent", "postponeEvent", "moveEventOnline", "markEventTentative"] as const)
      expect(await as(admin).call(name, { ...inputs[name](event), version: 2 })).toMatchObject({
        code: name === "rescheduleEvent" ? "CONFLICT" : expect.stringMatching(/CONFLICT|BAD_USER_INPUT/),
      });
    const { data } = await as().run(
      `query($c: ID!) { events(filter: { campaignId: $c }) { nodes { id occurrence occurrenceReason } } }`,
      { c: campaign.id },
    );
    expect(data.events.nodes).toEqual([{ id: event.id, occurrence: "CANCELLED", occurrenceReason: reason }]);
  });
});

describe("A review", () => {
  test("sends back for changes, which the hosts see, and takes it again", async () => {
    const { event, admin, staff } = await rally({ review: "IN_REVIEW" as never, waitingSince: clock.now });
    const asked = await as(staff).call("requestEventChanges", inputs.requestEventChanges(event), life);
    expect(asked.data.requestEventChanges.event).toMatchObject({
      review: "CHANGES_REQUESTED",
      reviewNote: "Which entrance?",
    });
    expect(await read(event.id, admin, "reviewNote")).toEqual({ reviewNote: "Which entrance?" });
    expect((await as(admin).submitEvent(event.id)).data.submitEvent.event.review).toBe("IN_REVIEW");
    expect(await read(event.id, admin, "reviewNote")).toEqual({ reviewNote: null });
  });

  test("that rejects, or asks for changes of a published event, takes it from the public", async () => {
    for (const name of ["rejectEvent", "requestEventChanges"] as const) {
      const { event, staff, admin, campaign } = await rally();
      const listening = await as().listen(
        `subscription($c: ID!) { eventChanged(campaignId: $c) { kind eventId event { id } } }`,
        { c: campaign.id },
      );
      expect(await as(staff).call(name, inputs[name](event))).toMatchObject({ code: "OK" });
      expect(await read(event.id)).toBeNull();
      expect(await read(event.id, admin)).not.toBeNull();
      expect(await listening.until(() => true)).toEqual({ kind: "REMOVED", eventId: event.id, event: null });
      await listening.stop();
    }
  });

  test("is held by one of the staff for half an hour, live for the others, and for nobody else", async () => {
    const { event, campaign, staff, admin } = await rally({ review: "IN_REVIEW" as never, waitingSince: clock.now });
    const colleague = await a.staff(campaign);
    const watch = `subscription($c: ID!) { reviewQueueChanged(campaignId: $c) { eventId item { heldBy } } }`;
    for (const person of [undefined, admin, await a.staff(await a.campaign())]) {
      const { errors } = await (await as(person).listen(watch, { c: campaign.id })).ended;
      expect(errors[0].extensions.code).toBe(person ? "FORBIDDEN" : "UNAUTHENTICATED");
      const { code } = await as(person).run(`query($c: ID!) { reviewQueue(campaignId: $c) { totalCount } }`, {
        c: campaign.id,
      });
      expect(code).toBe(person ? "FORBIDDEN" : "UNAUTHENTICATED");
    }
    const listening = await as(colleague).listen(watch, { c: campaign.id });
    await as(staff).call("takeReview", { eventId: event.id });
    const heldBy = expect.stringMatching(/^person_/);
    expect(await listening.until((m) => m.item?.heldBy)).toEqual({ eventId: event.id, item: { heldBy } });
    expect(await as(colleague).call("takeReview", { eventId: event.id })).toMatchObject({ reason: "REVIEW_HELD" });
    const before = clock.now;
    clock.now = new Date(before.getTime() + 31 * 60_000);
    expect(await as(colleague).call("takeReview", { eventId: event.id })).toMatchObject({ code: "OK" });
    clock.now = before;
    await as(colleague).call("approveEvent", { eventId: event.id });
    expect(await listening.until((m) => m.item === null)).toEqual({ eventId: event.id, item: null });
    await listening.stop();
  });
});

describe("Co-hosting", () => {
  test("needs a yes: the name shows after it, to the asked before it, and to nobody after a no", async () => {
    const { event, admin } = await rally({ review: "DRAFT" as never });
    const school = await a.organization();
    const asked = await a.admin(school);
    const input = { eventId: event.id, organizationId: school.id };
    const names = async (person?: Person) =>
      ((await read(event.id, person, "hosts { role status organization { id } }"))?.hosts ?? [])
        .filter(({ organization }: { organization: Made }) => organization.id === school.id)
        .map(({ status }: { status: string }) => status);
    expect(await as(asked).call("acceptCoHosting", input)).toMatchObject({ code: "NOT_FOUND" });
    await as(admin).call("inviteCoHost", input);
    expect(await names(asked)).toEqual(["INVITED"]);
    expect(await as(asked).call("editEvent", inputs.editEvent(event))).toMatchObject({ code: "FORBIDDEN" });
    expect(await as(await a.member(school)).call("acceptCoHosting", input)).toMatchObject({ code: "NOT_FOUND" });
    expect(await as(admin).call("acceptCoHosting", input)).toMatchObject({ code: "FORBIDDEN" });
    await as(asked).call("acceptCoHosting", input);
    expect(await names(admin)).toEqual(["ACCEPTED"]);
    expect(await as(asked).call("editEvent", inputs.editEvent(event))).toMatchObject({ code: "OK" });
    const hosted = async (role: string) =>
      (
        await as(asked).run(
          `query($s: String!, $r: HostRole) { organization(slug: $s) { events(role: $r) { nodes { id } } } }`,
          {
            s: school.slug,
            r: role,
          },
        )
      ).data.organization.events.nodes;
    expect([await hosted("CO_HOST"), await hosted("LEAD")]).toEqual([[{ id: event.id }], []]);
    await as(asked).call("declineCoHosting", input);
    await as(admin).call("editEvent", { eventId: event.id, version: 2, visibility: "PUBLIC" });
    expect(await as(asked).call("acceptCoHosting", input)).toMatchObject({ code: "NOT_FOUND" });
    await as(admin).call("inviteCoHost", input);
    await as(asked).call("acceptCoHosting", input);
    await as(asked).call("removeCoHost", input, "event { id }");
    expect(await names(admin)).toEqual([]);
    expect(await read(event.id, asked)).toBeNull();
  });
});

describe("Copies", () => {
  test("are drafts of their own at the same clock times, also over a change of the clocks", async () => {
    const { event, admin } = await rally({ description: "Candles", occurrence: "CANCELLED" as never });
    const copy = await as(admin).call("copyEvent", { eventId: event.id, startsOn: "2026-07-01" }, `event { id }`);
    const { id } = copy.data.copyEvent.event;
    expect(id).not.toBe(event.id);
    const fields = "review occurrence description startsAt endsAt version hosts { role } series { nodes { id } }";
    expect(await read(id, admin, fields)).toEqual({
      review: "DRAFT",
      occurrence: "SCHEDULED",
      description: "Candles",
      startsAt: "2026-07-01T16:00:00+00:00",
      endsAt: "2026-07-01T20:00:00+00:00",
      version: 1,
      hosts: [{ role: "LEAD" }],
      series: { nodes: [] },
    });
  });

  test("as a series know each other, and the same key gives the same ones again", async () => {
    const { event, admin } = await rally();
    const input = {
      eventId: event.id,
      dates: ["2026-02-06", "2026-01-30"],
      submit: true,
      idempotencyKey: "weekly-vigil",
    };
    const made = await as(admin).call("repeatEvent", input, "events { id startsOn review series { nodes { id } } }");
    const events = made.data.repeatEvent.events;
    expect(events.map(({ startsOn, review }: never) => [startsOn, review])).toEqual([
      ["2026-01-30", "IN_REVIEW"],
      ["2026-02-06", "IN_REVIEW"],
    ]);
    expect(events[0].series.nodes).toEqual([{ id: event.id }, { id: events[0].id }, { id: events[1].id }]);
    const again = await as(admin).call("repeatEvent", input, "events { id }");
    expect(again.data.repeatEvent.events).toEqual(events.map(({ id }: Made) => ({ id })));
    expect((await read(event.id, undefined, "series { nodes { id } }")).series.nodes).toEqual([{ id: event.id }]);
  });

  test("refuse days that are none, doubled or too many", async () => {
    const { event, admin } = await rally();
    for (const dates of [
      [],
      ["2026-02-01", "2026-02-01"],
      ["2026-02-30"],
      Array.from({ length: 53 }, (_, n) => `${2000 + n}-01-01`),
    ])
      expect(await as(admin).call("repeatEvent", { eventId: event.id, dates }, "events { id }")).toMatchObject({
        code: "BAD_USER_INPUT",
        fields: [{ path: expect.stringMatching(/^input\.dates/) }],
      });
  });
});

describe("What is gone:", () => {
  const tombstone = async (id: string, person?: Person) =>
    (
      await as(person).run(
        `query($id: ID!) { event(id: $id) { id } node(id: $id) { id } removedEvent(id: $id) { id removedAt removedReason mergedInto { id } } }`,
        { id },
      )
    ).data;

  test("a deleted event leaves a tombstone if it was public, else nothing, for anybody", async () => {
    for (const review of ["APPROVED", "DRAFT"] as const) {
      const { event, admin, staff } = await rally({ review: review as never, everPublic: review === "APPROVED" });
      await as(admin).call("deleteEvent", inputs.deleteEvent(event), "removedId");
      for (const person of [undefined, admin, staff])
        expect(await tombstone(event.id, person)).toEqual({
          event: null,
          node: null,
          removedEvent:
            review === "APPROVED"
              ? {
                  id: event.id,
                  removedAt: expect.stringMatching(/^2026-01-23T18:00:0/),
                  removedReason: reason,
                  mergedInto: null,
                }
              : null,
        });
      expect(await as(admin).call("editEvent", inputs.editEvent(event))).toMatchObject({ code: "NOT_FOUND" });
    }
  });

  test("a merged duplicate's id leads to the other event, also through a second merge, and says so", async () => {
    const { event, staff, campaign } = await rally({ everPublic: true });
    const [second, third] = [await a.event({ campaign }), await a.event({ campaign })];
    const merge = (from: Made, into: Made) => as(staff).call("mergeEvent", { eventId: from.id, intoEventId: into.id });
    expect((await merge(event, second)).data.mergeEvent.event).toEqual({ id: second.id });
    await merge(second, third);
    expect(await tombstone(event.id)).toMatchObject({
      event: { id: third.id },
      node: { id: third.id },
      removedEvent: { id: event.id, removedReason: null, mergedInto: { id: third.id } },
    });
    const { data } = await as().run(`query($c: ID!) { events(filter: { campaignId: $c }) { nodes { id } } }`, {
      c: campaign.id,
    });
    expect(data.events.nodes).toEqual([{ id: third.id }]);
    expect(await merge(event, third)).toMatchObject({ code: "BAD_USER_INPUT", reason: "EVENT_MERGED" });
    expect(await merge(third, third)).toMatchObject({ code: "BAD_USER_INPUT" });
    expect(await merge(third, await a.event())).toMatchObject({ code: "BAD_USER_INPUT" });
  });

  test("whoever has a role at a merged event has it at the other", async () => {
    const { event, staff, campaign } = await rally();
    const into = await a.event({ campaign });
    const coordinator = await a.coordinator(event);
    await as(staff).call("mergeEvent", { eventId: event.id, intoEventId: into.id });
    const hours = { role: "MARSHAL", startsAt: "2026-01-23T11:00", endsAt: "2026-01-23T13:00", capacity: 5 };
    expect((await as(coordinator).openShift({ eventId: into.id, ...hours })).code).toBe("OK");
  });

  test("shifts with their claims, and reports, go with a merged event", async () => {
    const { event, staff, campaign } = await rally();
    const into = await a.event({ campaign });
    const shift = await a.shift({ event });
    await as(await a.peacekeeper()).claimShift(shift);
    await as(staff).reportTurnout({ eventId: event.id, count: 300 });
    await as(staff).reportTurnout({ eventId: into.id, low: 100, high: 200 });
    await as(staff).call("mergeEvent", { eventId: event.id, intoEventId: into.id });
    expect(await read(into.id, staff, "shifts { nodes { id taken } } turnout { reports peakLow peakHigh }")).toEqual({
      shifts: { nodes: [{ id: shift, taken: 1 }] },
      turnout: { reports: 2, peakLow: 300, peakHigh: 300 },
    });
    const { data } = await as().run(`query($s: String!) { campaign(slug: $s) { turnout { reporting scheduled } } }`, {
      s: campaign.slug,
    });
    expect(data.campaign.turnout).toEqual({ reporting: 1, scheduled: 1 });
  });

  test("two events merged into each other at once do not lead in a circle", async () => {
    const { event, staff, campaign } = await rally();
    const other = await a.event({ campaign });
    const merge = (from: Made, into: Made) => as(staff).call("mergeEvent", { eventId: from.id, intoEventId: into.id });
    const codes = (await Promise.all([merge(event, other), merge(other, event)])).map(({ code }) => code);
    expect(codes.sort()).toEqual(["BAD_USER_INPUT", "OK"]);
    const [one, two] = [await read(event.id), await read(other.id)];
    expect(one).not.toBeNull();
    expect(one).toEqual(two);
  });

  test("changes(since:) tells of it, also to who comes later", async () => {
    const { event, admin } = await rally();
    const { position } = (await as().run(`{ position }`)).data;
    await as(admin).call("deleteEvent", inputs.deleteEvent(event), "removedId");
    expect(await changesSince(as(), position, [event.id], 1)).toEqual([
      { topic: "EVENT", kind: "REMOVED", id: event.id, node: null },
    ]);
  });
});

describe("Likely duplicates", () => {
  test("are told to the host on submitting and to staff, as far as each may find them, and never block", async () => {
    const { event, admin, staff, campaign } = await rally({ title: "Solidarity rally at the capitol" });
    const host = await a.person();
    const draft = {
      campaignId: campaign.id,
      cityId: (await a.city()).globalId,
      type: "RALLY",
      title: "Solidarity Rally at the Capitol!",
      startsOn: "2026-01-23",
    };
    const { id } = (await as(host).draftEvent(draft)).data.draftEvent.event;
    await as(await a.person()).draftEvent({ ...draft, title: "Solidarity rally at the Capitol" });
    const other = (await as(host).draftEvent({ ...draft, startsOn: "2026-01-24" })).data.draftEvent.event;
    const reply = await as(host).call("submitEvent", { eventId: id }, "event { review likelyDuplicates { id } }");
    expect(reply.data.submitEvent.event).toEqual({ review: "IN_REVIEW", likelyDuplicates: [{ id: event.id }] });
    expect((await read(id, staff, "likelyDuplicates { id }")).likelyDuplicates).toHaveLength(2);
    expect((await read(other.id, host, "likelyDuplicates { id }")).likelyDuplicates).toEqual([]);
    expect((await read(event.id, undefined, "likelyDuplicates { id }")).likelyDuplicates).toEqual([]);
    expect((await read(event.id, admin, "likelyDuplicates { id }")).likelyDuplicates).toEqual([]);
  });
});

test("A new user goes from nothing to a submitted rally in four calls, and a refusal on the way names the field", async () => {
  const campaign = await a.campaign();
  const stranger = await a.person(); // two calls: the code by mail, and signing in
  const found = (
    await as(stranger).run(`query($s: String!) { campaign(slug: $s) { id } city(slug: "duluth-mn") { id } }`, {
      s: campaign.slug,
    })
  ).data;
  const input = {
    campaignId: found.campaign.id,
    cityId: found.city.id,
    type: "RALLY",
    title: "Solidarity rally in Duluth",
    startsAt: "2026-01-23T14:00",
    submit: true,
  };
  expect(await as(stranger).draftEvent({ ...input, title: "" })).toMatchObject({
    code: "BAD_USER_INPUT",
    fields: [{ path: "input.title", reason: expect.stringContaining("3 to 120 characters") }],
  });
  expect((await as(stranger).draftEvent(input)).data.draftEvent.event.review).toBe("IN_REVIEW");
});

test("a day's drafts of one person have an end, copies among them, but for the campaign's staff", async () => {
  const [campaign, person] = [await a.campaign(), await a.person()];
  const event = await a.event({ campaign, createdByPerson: person });
  await server().services.db.query(
    `INSERT INTO events SELECT (jsonb_populate_record(e, jsonb_build_object('id', gen_random_uuid()))).*
     FROM events e, generate_series(1, 298) WHERE e.created_by = $1`,
    [person.id],
  );
  const repeat = (by: Person, ...dates: string[]) =>
    as(by).call("repeatEvent", { eventId: event.id, dates }, "events { id }");
  const tooMany = { code: "CONFLICT", reason: "LIMIT_REACHED" };
  expect(await repeat(person, "2026-02-01", "2026-02-02")).toMatchObject(tooMany);
  expect((await repeat(person, "2026-02-01")).code).toBe("OK");
  const input = { campaignId: campaign.id, cityId: (await a.city()).globalId, title: "Rally", type: "RALLY" };
  expect(await as(person).draftEvent({ ...input, startsOn: "2026-02-02" })).toMatchObject(tooMany);
  expect((await repeat(await a.staff(campaign, person), "2026-02-02")).code).toBe("OK");
});
