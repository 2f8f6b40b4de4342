import { life, inputs, ralliesIn } from "../support/rallies.js";
import { openWorld, type Person } from "../support/world.js";

const world = openWorld();
const { a, as, clock } = world;
const { rally, read } = ralliesIn(world);

type Made = Awaited<ReturnType<typeof world.a.event>>;

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
      expect(await listening.until(({ kind }) => kind === "HIDDEN")).toMatchObject({ eventId: event.id, event: null });
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
