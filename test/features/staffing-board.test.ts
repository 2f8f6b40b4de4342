import { lockShiftRow } from "../../src/features/shifts/shift.lock.js";
import { SignupStatus } from "../../src/features/shifts/index.js";
import { become } from "../../src/features/shifts/signup.become.js";
import { ShiftSignup } from "../../src/features/shifts/signup.js";
import { fromGlobalId } from "../../src/platform/database/ids.js";
import { transact } from "../../src/platform/database/transact.js";
import { systemContext } from "../support/jobs.js";
import { openWorld, type Person } from "../support/world.js";

const { a, as, clock, server } = openWorld();
clock.now = new Date("2026-01-20T12:00:00Z");

type Made = Awaited<ReturnType<typeof a.event>>;
const sums = "events shifts underMinimum needed capacity promised named taken confirmed onDuty gap";
const nothing = Object.fromEntries(sums.split(" ").map((name) => [name, 0]));

const ofNode = (type: string, selection: string): string =>
  `query($id: ID!${selection.includes("$") ? ", $first: Int, $after: String" : ""}) { node(id: $id) { ... on ${type} { ${selection} } } }`;
const read = async (by: Person | undefined, of: Made, type: string, selection: string, more: object = {}) =>
  (await as(by).run(ofNode(type, selection), { id: of.id, ...more })).data.node;
const total = async (by: Person, campaign: Made) =>
  (await read(by, campaign, "Campaign", `staffing { ${sums} }`)).staffing;

/** A campaign, its staff, and shifts made with what they need and how far they are filled. */
async function board() {
  const campaign = await a.campaign();
  const rally = (fields: object = {}) => a.event({ campaign, ...fields });
  const filled = async (event: Made, ...shifts: object[]): Promise<Made> => {
    for (const fields of shifts) await a.shift({ event, minimum: 5, capacity: 10, ...fields });
    return event;
  };
  return { campaign, staff: await a.staff(campaign), rally, filled };
}

test("is for the campaign's staff, and an event's sums for those who coordinate it", async () => {
  const { campaign, staff, rally, filled } = await board();
  const event = await filled(await rally(), {});
  const coordinator = await a.coordinator(event);
  for (const person of [undefined, await a.person(), coordinator, await a.staff(await a.campaign())])
    expect(
      await read(
        person,
        campaign,
        "Campaign",
        "staffing { gap } staffingByEvent { totalCount nodes { event { id } } } staffingByCity { nodes { city { id } } }",
      ),
    ).toEqual({
      staffing: null,
      staffingByEvent: { totalCount: 0, nodes: [] },
      staffingByCity: { nodes: [] },
    });
  for (const person of [await a.person(), await a.reporter(event)])
    expect(await read(person, event, "Event", "staffing { gap }")).toEqual({ staffing: null });
  for (const person of [staff, coordinator])
    expect(await read(person, event, "Event", "staffing { gap }")).toEqual({ staffing: { gap: 5 } });
});

test("adds up what is needed, promised, named, taken and confirmed, each apart", async () => {
  const { campaign, staff, rally, filled } = await board();
  expect(await total(staff, campaign)).toEqual(nothing);
  const event = await filled(await rally(), { taken: 9, confirmed: 8 }, { taken: 3, confirmed: 2, overfull: false });
  for (const [count, of] of [
    [20, await a.organization({ verified: true })],
    [500, await a.organization()],
  ] as const) {
    const admin = as(await a.admin(of));
    const input = { organizationId: of.id, eventId: event.id, count };
    const { dispatch } = (await admin.call("promisePeacekeepers", input, "dispatch { id }")).data.promisePeacekeepers;
    const named = { dispatchId: dispatch.id, email: (await a.person()).email };
    await admin.call("namePeacekeeper", named, "__typename");
  }
  const expected = {
    events: 1,
    shifts: 2,
    underMinimum: 1,
    needed: 10,
    capacity: 20,
    promised: 20,
    named: 1,
    taken: 12,
    confirmed: 10,
    onDuty: 0,
    gap: 3,
  };
  expect(await total(staff, campaign)).toEqual(expected);
  expect((await read(staff, event, "Event", `staffing { ${sums} }`)).staffing).toEqual(expected);
});

test("leaves out shifts that are drafts or cancelled, and events that do not take place or are not approved", async () => {
  const { campaign, staff, rally, filled } = await board();
  await filled(await rally({ visibility: "PRIVATE" }), {}, { status: "DRAFT" }, { status: "CANCELLED" });
  await filled(await rally({ visibility: "UNLISTED" }), { status: "CLOSED" });
  for (const fields of [
    { review: "IN_REVIEW" },
    { occurrence: "CANCELLED" },
    { occurrence: "POSTPONED" },
    { record: "DELETED", removedAt: clock.now },
  ])
    await filled(await rally(fields), {});
  await filled(await a.event(), {});
  expect(await total(staff, campaign)).toMatchObject({ events: 2, shifts: 2, needed: 10, gap: 10 });
});

test("lists events and cities with the largest gap first, page by page, those without shifts too", async () => {
  const { campaign, staff, rally, filled } = await board();
  const paul = await filled(await rally({ city: "saint-paul-mn" }), { confirmed: 1, taken: 1 }, {});
  const small = await filled(await rally(), { minimum: 2 });
  const large = await filled(await rally(), { minimum: 9 });
  const none = await rally();
  const nodes: { event: Made; staffing: { gap: number } }[] = [];
  let after: string | null = null;
  for (let page = 0; page < 2; page++) {
    const selection =
      "staffingByEvent(first: $first, after: $after) { totalCount nodes { event { id } staffing { gap } } pageInfo { endCursor hasNextPage } }";
    const { staffingByEvent } = await read(staff, campaign, "Campaign", selection, { first: 2, after });
    nodes.push(...staffingByEvent.nodes);
    expect([staffingByEvent.totalCount, staffingByEvent.pageInfo.hasNextPage]).toEqual([4, page < 1]);
    after = staffingByEvent.pageInfo.endCursor;
  }
  expect(nodes.map(({ event, staffing }) => [event.id, staffing.gap])).toEqual(
    [
      [large.id, 9],
      [paul.id, 9],
      [small.id, 2],
      [none.id, 0],
    ].sort((one, other) => Number(other[1]) - Number(one[1]) || (one[0]! > other[0]! ? -1 : 1)),
  );
  const { staffingByCity } = await read(
    staff,
    campaign,
    "Campaign",
    "staffingByCity { nodes { city { name } staffing { events gap } } }",
  );
  expect(staffingByCity.nodes).toEqual([
    { city: { name: "Minneapolis" }, staffing: { events: 3, gap: 11 } },
    { city: { name: "Saint Paul" }, staffing: { events: 1, gap: 9 } },
  ]);
});

test("follows each step of a sign-up, on duty too", async () => {
  const { campaign, staff, rally } = await board();
  const event = await rally();
  const shift = await a.shift({ event, minimum: 2, capacity: 5 });
  const [known, newcomer] = [await a.peacekeeper(), await a.person()];
  for (const person of [known, newcomer]) await as(person).claimShift(shift);
  expect(await total(staff, campaign)).toMatchObject({ taken: 2, confirmed: 1, onDuty: 0, gap: 1 });
  const id = fromGlobalId("Shift", shift, "id");
  for (const [status, onDuty] of [
    [SignupStatus.CHECKED_IN, 1],
    [SignupStatus.LEFT_EARLY, 0],
  ] as const) {
    await transact(systemContext(server().services), "test", async (tx) => {
      const at = await lockShiftRow(tx, id);
      const signup = await tx.db.findOneByOrFail(ShiftSignup, { shiftId: id, personId: known.id });
      await become(tx, at, signup, status);
    });
    expect(await total(staff, campaign)).toMatchObject({ taken: 2, confirmed: 1, onDuty });
  }
});

describe("coverageChanged", () => {
  const watch = `subscription($id: ID!, $after: String) { coverageChanged(campaignId: $id, after: $after) {
    kind position eventId event { id staffing { gap promised } } staffing { gap promised } } }`;

  test("is refused to everybody but the campaign's staff", async () => {
    const { campaign, rally } = await board();
    for (const person of [undefined, await a.person(), await a.coordinator(await rally())]) {
      const { errors } = await (await as(person).listen(watch, { id: campaign.id })).ended;
      expect(errors[0].extensions.code).toBe(person ? "FORBIDDEN" : "UNAUTHENTICATED");
    }
  });

  test("tells staff the gap of the event and of the campaign when a place is claimed or promised", async () => {
    const { campaign, staff, rally, filled } = await board();
    const [event, organization] = [
      await filled(await rally(), { minimum: 3 }),
      await a.organization({ verified: true }),
    ];
    await filled(await rally(), { minimum: 4 });
    const listening = await as(staff).listen(watch, { id: campaign.id });
    const after = (await as().run("{ position }")).data.position;
    await as(await a.peacekeeper()).claimShift(await a.shift({ event, minimum: 1, capacity: 1 }));
    const told = await listening.until((message) => message.eventId === event.id && message.staffing?.gap === 7);
    expect(told).toMatchObject({ kind: "UPDATED", eventId: event.id, event: { id: event.id, staffing: { gap: 3 } } });
    const input = { organizationId: organization.id, eventId: event.id, count: 6 };
    await as(await a.admin(organization)).call("promisePeacekeepers", input, "__typename");
    await listening.until((message) => message.staffing?.promised === 6);
    const returning = await as(staff).listen(watch, { id: campaign.id, after });
    await returning.until((message) => message.event?.staffing.promised === 6);
  });

  test("has the event and the campaign of one moment, whatever commits meanwhile", async () => {
    const { campaign, staff, rally } = await board();
    const event = await rally();
    const shift = await a.shift({ event, minimum: 5, capacity: 5 });
    const [first, second] = [await a.peacekeeper(), await a.peacekeeper()];
    const listening = await as(staff).listen(watch.replaceAll("gap", "atThatMoment: gap"), { id: campaign.id });
    const { pool } = server().services;
    const query = pool.query.bind(pool) as (...asked: unknown[]) => Promise<unknown>;
    let claimed: Promise<unknown> | undefined;
    // After the first statement of the message another place is claimed; any further one has to wait for that.
    const held = jest.spyOn(pool, "query").mockImplementation((async (asked: { text?: string }, ...more: unknown[]) => {
      if (!asked.text?.includes("atThatMoment")) return query(asked, ...more);
      if (claimed) await claimed;
      const answer = query(asked, ...more);
      return (claimed ??= answer.then(() => as(second).claimShift(shift))).then(() => answer);
    }) as never);
    await as(first).claimShift(shift);
    await listening.until((message) => message.staffing.atThatMoment === 3);
    held.mockRestore();
    for (const { event, staffing } of listening.messages) expect(event.staffing).toEqual(staffing);
    await listening.stop();
  });

  test("says where the campaign stands to somebody who comes back from another log", async () => {
    const { campaign, staff, rally, filled } = await board();
    await filled(await rally(), {});
    const after = `0002${(await as().run("{ position }")).data.position.slice(4)}`;
    const listening = await as(staff).listen(watch, { id: campaign.id, after });
    const resync = { kind: "RESYNC", eventId: null, event: null, staffing: { gap: 5, promised: 0 } };
    expect(await listening.until(() => true)).toMatchObject(resync);
    await listening.stop();
  });
});
