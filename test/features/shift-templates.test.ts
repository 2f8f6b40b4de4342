import { jobsDone } from "../support/jobs.js";
import { lettersTo } from "../support/outbox.js";
import { openWorld, type Person } from "../support/world.js";

const { a, as, clock, server, folder } = openWorld();
beforeEach(() => void (clock.now = new Date("2026-01-20T12:00:00Z")));

type Made = Awaited<ReturnType<typeof a.event>>;
interface Row {
  id: string;
  role: string;
  minimum: number;
  capacity: number;
  startsAt: string;
  endsAt: string;
  status: string;
}

const shiftFields = "id role minimum capacity startsAt endsAt status";
const apply = (by: Person, event: Made, input: object = {}) =>
  as(by).call(
    "applyShiftTemplate",
    { eventId: event.id, template: "SMALL", ...input },
    `templateRunId shifts { ${shiftFields} templateRunId } event { id }`,
  );
const undo = (by: Person | undefined, templateRunId: string, input: object = {}) =>
  as(by).call("undoShiftTemplate", { templateRunId, ...input });

const target = async (by: Person | undefined, event: Made) =>
  (await as(by).run(`{ event(id: "${event.id}") { staffingTarget { expectedTurnout ratio target gap } } }`)).data.event
    .staffingTarget;
const shiftsOf = async (by: Person, event: Made): Promise<Row[]> =>
  (await as(by).run(`{ event(id: "${event.id}") { shifts(first: 100) { nodes { ${shiftFields} } } } }`)).data.event
    .shifts.nodes;

async function rally(fields: Parameters<typeof a.event>[0] = {}) {
  const event = await a.event({ title: "Rally at the river", ...fields });
  return { event, coordinator: await a.coordinator(event) };
}

async function mailsOf(person: Person) {
  await jobsDone(server().services);
  return lettersTo(folder(), person.email);
}

describe("A template", () => {
  test.each([
    ["an event whose time is to be announced", { startsAt: null, endsAt: null }, {}, "input.startsAt", /must be given/],
    ["an event without an end", { endsAt: null }, {}, "input.endsAt", /must be given/],
    ["a stretch that ends first", {}, { endsAt: "2026-01-23T10:00" }, "input.endsAt", /must be after startsAt/],
    ["a time far from the event", {}, { startsAt: "2026-01-21T10:00" }, "input.startsAt", /at most a day before/],
    [
      "more shifts than 200",
      { endsAt: new Date("2026-02-06T17:00:00Z") },
      { template: "LARGE" },
      "input.endsAt",
      /more than 200 shifts/,
    ],
  ])("is refused for %s", async (_what, fields, input, path, reason) => {
    const { event, coordinator } = await rally(fields);
    expect((await apply(coordinator, event, input)).fields).toEqual([{ path, reason: expect.stringMatching(reason) }]);
    expect(await shiftsOf(coordinator, event)).toEqual([]);
  });

  test.each([
    ["SMALL", "ONE_TO_50", 3, 4],
    ["SMALL", "ONE_TO_100", 3, 3],
    ["MEDIUM", "ONE_TO_50", 10, 40],
    ["MEDIUM", "ONE_TO_100", 10, 21],
    ["LARGE", "ONE_TO_50", 10, 400],
    ["LARGE", "ONE_TO_100", 10, 200],
  ])("%s at %s makes shifts of %d roles for %d peacekeepers", async (template, ratio, roles, minimum) => {
    const { event, coordinator } = await rally();
    const { shifts, templateRunId } = (await apply(coordinator, event, { template, ratio })).data.applyShiftTemplate;
    expect(new Set(shifts.map(({ role }: Row) => role)).size).toBe(roles);
    expect(shifts.length).toBe(roles);
    expect(shifts.reduce((sum: number, shift: Row) => sum + shift.minimum, 0)).toBe(minimum);
    for (const shift of shifts)
      expect(shift).toMatchObject({
        startsAt: "2026-01-23T17:00:00+00:00",
        endsAt: "2026-01-23T21:00:00+00:00",
        status: "OPEN",
        templateRunId,
        capacity: shift.minimum + Math.floor(shift.minimum / 4),
      });
  });

  test("makes several shifts in a row where one would be too long, also over a change of the clocks", async () => {
    const times = { startsAt: new Date("2026-10-31T15:00:00Z"), endsAt: new Date("2026-11-01T20:00:00Z") };
    const { event, coordinator } = await rally({ startsOn: "2026-10-31", ...times });
    const { shifts } = (await apply(coordinator, event)).data.applyShiftTemplate;
    const leads = (shifts as Row[]).filter(({ role }) => role === "LEAD");
    expect(leads.map(({ startsAt, endsAt }) => `${startsAt.slice(5, 16)}/${endsAt.slice(5, 16)}`)).toEqual([
      "10-31T15:00/10-31T22:15",
      "10-31T22:15/11-01T05:30",
      "11-01T05:30/11-01T12:45",
      "11-01T12:45/11-01T20:00",
    ]);
  });

  test("is undone by those who coordinate the event only, as one: drafts go, others are cancelled", async () => {
    const { event, coordinator } = await rally();
    const run = async (draft: boolean): Promise<string> =>
      (await apply(coordinator, event, { draft })).data.applyShiftTemplate.templateRunId;
    const [draft, open] = [await run(true), await run(false)];
    expect([(await undo(undefined, open)).code, (await undo(await a.person(), open)).code]).toEqual([
      "UNAUTHENTICATED",
      "NOT_FOUND",
    ]);
    expect((await shiftsOf(coordinator, event)).map(({ status }) => status).sort()).toEqual([
      ...Array(3).fill("DRAFT"),
      ...Array(3).fill("OPEN"),
    ]);
    for (const id of [draft, open, open]) expect((await undo(coordinator, id)).code).toBe("OK");
    expect((await shiftsOf(coordinator, event)).map(({ status }) => status)).toEqual(Array(3).fill("CANCELLED"));
  });

  test("is not undone over people's heads: refused with the counts, or each is told once", async () => {
    const { event, coordinator } = await rally();
    const { templateRunId, shifts } = (await apply(coordinator, event)).data.applyShiftTemplate;
    const [lead, marshal] = (shifts as Row[]).toSorted((one, other) => one.role.localeCompare(other.role)).slice(1);
    const people = [await a.peacekeeper(), await a.peacekeeper()];
    await as(people[0]).claimShift(lead!.id);
    await as(people[1]).claimShift(marshal!.id);
    const waiting = await a.peacekeeper();
    await as(waiting).call("claimShift", { shiftId: lead!.id, joinWaitlist: true }, "shift { id }");
    expect(await undo(coordinator, templateRunId)).toMatchObject({
      code: "CONFLICT",
      reason: "PLACES_HELD",
      message: expect.stringContaining("2 places on 2 of its shifts are held, and 1 people wait"),
    });
    expect((await undo(coordinator, templateRunId, { cancelHeld: true })).code).toBe("OK");
    for (const person of [...people, waiting])
      expect((await mailsOf(person)).map(({ subject }) => subject)).toEqual([
        "A shift does not take place: Rally at the river",
      ]);
  });

  test("is not undone once one of its shifts has begun", async () => {
    const { event, coordinator } = await rally();
    const { templateRunId } = (await apply(coordinator, event)).data.applyShiftTemplate;
    clock.now = new Date("2026-01-23T17:00:00Z");
    expect((await undo(coordinator, templateRunId)).reason).toBe("SHIFT_STARTED");
  });
});

describe("The staffing that a crowd needs", () => {
  const set = (by: Person, event: Made, input: object) => as(by).call("setStaffing", { eventId: event.id, ...input });

  test.each([
    [{ expectedTurnout: 0 }, "input.expectedTurnout"],
    [{ expectedTurnout: 5_000_001 }, "input.expectedTurnout"],
    [{ ratio: null }, "input.ratio"],
  ])("is not set to %j", async (input, path) => {
    const { event, coordinator } = await rally();
    expect((await set(coordinator, event, input)).fields).toMatchObject([{ path }]);
  });

  test("follows what is expected, for those who coordinate the event", async () => {
    const { event, coordinator } = await rally();
    const shift = await a.shift({ event, minimum: 2, capacity: 4, startsAt: new Date("2026-01-23T17:00:00Z") });
    await a.shift({
      event,
      minimum: 1,
      startsAt: new Date("2026-01-23T20:00:00Z"),
      endsAt: new Date("2026-01-23T21:00:00Z"),
    });
    await a.shift({ event, status: "DRAFT" as never });
    for (let n = 0; n < 2; n++) await as(await a.peacekeeper()).claimShift(shift);
    await set(coordinator, event, { expectedTurnout: 401 });
    for (const who of [undefined, await a.person()]) expect(await target(who, event)).toBeNull();
    const ours = { expectedTurnout: 401, ratio: "ONE_TO_50", target: 9 };
    // In the last hour nobody stands.
    expect(await target(coordinator, event)).toEqual({ ...ours, gap: 9 });
    await set(coordinator, event, { ratio: "ONE_TO_100" });
    expect(await target(coordinator, event)).toMatchObject({
      ratio: "ONE_TO_100",
      expectedTurnout: 401,
      target: 5,
      gap: 5,
    });
    await set(coordinator, event, { expectedTurnout: null });
    expect(await target(coordinator, event)).toMatchObject({ expectedTurnout: null, target: null, gap: null });
  });

  test("grows with the people who are there; the coordinators are told once for each step", async () => {
    const { event, coordinator } = await rally();
    const shift = await a.shift({
      event,
      startsAt: new Date("2026-01-23T17:00:00Z"),
      endsAt: new Date("2026-01-23T21:00:00Z"),
    });
    await set(coordinator, event, { expectedTurnout: 1_000 });
    for (let n = 0; n < 3; n++) await as(await a.peacekeeper()).claimShift(shift);
    clock.now = new Date("2026-01-23T18:00:00Z");
    const reporter = await a.reporter(event);
    const count = async (people: number) => {
      clock.now = new Date(clock.now.getTime() + 60_000);
      await as(reporter).reportTurnout({ eventId: event.id, count: people });
      return (await mailsOf(coordinator)).length;
    };
    expect([await count(150), await count(400), await count(500), await count(700)]).toEqual([0, 1, 1, 2]);
    expect(await target(coordinator, event)).toMatchObject({ target: 20, gap: 17 });
    expect(await count(2_000)).toBe(3);
    expect(await target(coordinator, event)).toMatchObject({ target: 40, gap: 37 });
    const mail = (await mailsOf(coordinator)).at(-1)!;
    expect(mail.subject).toBe("More peacekeepers are needed: Rally at the river");
    expect(mail.text).toContain("need 40 peacekeepers; in the hour with the fewest 3 are confirmed");
    expect(await mailsOf(reporter)).toEqual([]);
  });
});
