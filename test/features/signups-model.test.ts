import { assert, asyncProperty } from "fast-check";
import { fromGlobalId } from "../../src/platform/database/ids.js";
import type { Reply } from "../support/client.js";
import { runTask } from "../support/jobs.js";
import { type Act, type StepRow, storms, wrongSteps } from "../support/signups-model.js";
import { openWorld, type Person } from "../support/world.js";

const runs = Number(process.env["MODEL_RUNS"] ?? 25);
jest.setTimeout(60_000 + runs * 5_000);

const world = openWorld();
const { a, as, clock, server } = world;
const start = (clock.now = new Date("2026-01-10T12:00:00Z"));
const query = <Row>(sql: string, values: unknown[] = []): Promise<Row[]> => server().services.db.query(sql, values);

/** The second overlaps the first, the third touches it; the last is like the first, and may be cancelled. */
const times = [
  [10, 12],
  [11, 13],
  [12, 14],
  [10, 12],
] as const;
const known = 7;
const newcomers = 2;
let people: Person[];
let shifts: string[];
let rows: string[];
let coordinator: Person;

beforeAll(async () => {
  const event = await a.event();
  coordinator = await a.coordinator(event);
  people = [];
  for (let n = 0; n < known + newcomers; n++) people.push(n < known ? await a.peacekeeper() : await a.person());
  const at = (hour: number) => new Date(Date.UTC(2026, 0, 23, hour));
  shifts = [];
  for (const [from, to] of times) shifts.push(await a.shift({ event, startsAt: at(from), endsAt: at(to) }));
  rows = shifts.map((shift) => fromGlobalId("Shift", shift, "id"));
});

/** Everything as at first. */
async function anew(): Promise<void> {
  clock.now = start;
  await query("DELETE FROM shift_signups");
  await query("DELETE FROM letters");
  await query("DELETE FROM known_peacekeepers WHERE person_id = ANY ($1)", [people.slice(known).map(({ id }) => id)]);
  await query("UPDATE shifts SET taken = 0, confirmed = 0, line = 0, capacity = 1, status = 'OPEN', overfull = false");
}

interface Signup {
  id: string;
  shift: number;
  who: number;
  status: string;
  line: number | null;
}

interface Picture {
  signups: Signup[];
  steps: StepRow[];
  shifts: { capacity: number; taken: number; confirmed: number; status: string; overfull: boolean }[];
  known: boolean[];
}

async function picture(): Promise<Picture> {
  const signups = await query<{ id: string; shift_id: string; person_id: string; status: string; line: number | null }>(
    "SELECT * FROM shift_signups",
  );
  const acknowledged = await query<{ person_id: string }>("SELECT person_id FROM known_peacekeepers");
  return {
    signups: signups.map(({ id, shift_id, person_id, status, line }) => ({
      id,
      shift: rows.indexOf(shift_id),
      who: people.findIndex((one) => one.id === person_id),
      status,
      line,
    })),
    steps: await query("SELECT * FROM signup_steps ORDER BY signup_id, version"),
    shifts: await query(
      "SELECT s.* FROM unnest($1::uuid[]) WITH ORDINALITY r(id, n) JOIN shifts s USING (id) ORDER BY n",
      [rows],
    ),
    known: people.map(({ id }) => acknowledged.some((one) => one.person_id === id)),
  };
}

/** What happened in all storms: rare things must not stay untried. */
const told = { offers: 0, inTurn: 0, confirmed: 0, lapsed: 0, refused: 0 };

const places = ["REQUESTED", "OFFERED", "CONFIRMED"];
const holds = ({ status }: Signup): boolean => places.includes(status);
const overlap = (one: number, other: number): boolean =>
  times[one]![0] < times[other]![1] && times[other]![0] < times[one]![1];

/** What must be so at any time. */
function expectSound({ signups, steps, shifts: table }: Picture): void {
  table.forEach(({ capacity, taken, confirmed, status, overfull }, shift) => {
    const held = signups.filter((one) => one.shift === shift && holds(one));
    expect({ shift, taken, confirmed }).toEqual({
      shift,
      taken: held.length,
      confirmed: held.filter((one) => one.status === "CONFIRMED").length,
    });
    if (!overfull) expect(taken).toBeLessThanOrEqual(capacity);
    if (status === "CANCELLED") expect(held).toEqual([]);
  });
  const held = signups.filter(holds);
  const twice = held.filter((one) => held.some((o) => o !== one && o.who === one.who && overlap(o.shift, one.shift)));
  expect(twice).toEqual([]);
  expect(wrongSteps(steps)).toEqual([]);
  const last = new Map(steps.map(({ signup_id, status }) => [signup_id, status]));
  expect(signups.map(({ id }) => last.get(id))).toEqual(signups.map(({ status }) => status));
}

/** Does one thing through the API, and says what it acknowledged. */
async function perform(act: Act, { signups }: Picture): Promise<{ act: Act; reply?: Reply }> {
  if (act.does === "pass") {
    clock.now = new Date(clock.now.getTime() + act.minutes * 60_000);
    await runTask(server().services, "overdue signups");
    return { act };
  }
  const shiftId = shifts[act.shift]!;
  if (act.does === "claim")
    return {
      act,
      reply: await as(people[act.who]).call("claimShift", { shiftId, joinWaitlist: act.joins }, "signup { id status }"),
    };
  if (act.does === "release")
    return { act, reply: await as(people[act.who]).call("releaseShift", { shiftId }, "signup { id status }") };
  if (act.does === "answer") {
    const signup = signups.find((one) => one.who === act.who && one.shift === act.shift);
    const signupId = `shift_signup_${(signup?.id ?? "0".repeat(32)).replaceAll("-", "")}`;
    return {
      act,
      reply: await as(coordinator).call(
        act.yes ? "confirmSignup" : "declineSignup",
        { signupId },
        "signup { id status }",
      ),
    };
  }
  const [{ version }] = (await query<{ version: number }>("SELECT version FROM shifts WHERE id = $1", [
    rows[act.shift],
  ])) as [{ version: number }];
  const { capacity, keepOverfull } = { capacity: 1, keepOverfull: false, ...act };
  const [name, more] = {
    resize: ["editShift", { version, capacity, keepOverfull }] as const,
    close: ["closeShift", {}] as const,
    open: ["reopenShift", {}] as const,
    cancel: ["cancelShift", { reason: "Rain" }] as const,
  }[act.does];
  return { act, reply: await as(coordinator).call(name, { shiftId, ...more }, "shift { id }") };
}

/** What people did, and were told, explains what became of places. */
function expectExplained(before: Picture, after: Picture, done: { act: Act; reply?: Reply }[]): void {
  const fresh = after.steps.filter(
    (step) => !before.steps.some((s) => s.signup_id === step.signup_id && s.version === step.version),
  );
  for (const { act, reply } of done) {
    expect(["OK", "CONFLICT", "NOT_FOUND", undefined]).toContain(reply?.code);
    if (reply?.code === "CONFLICT") told.refused++;
    if (act.does !== "claim" || reply!.code !== "OK") continue;
    const { id, status } = reply!.data.claimShift.signup;
    const one = after.signups.find((signup) => `shift_signup_${signup.id.replaceAll("-", "")}` === id)!;
    expect([one.who, one.shift]).toEqual([act.who, act.shift]);
    // What was acknowledged was so.
    expect(after.steps.filter((step) => step.signup_id === one.id).map((step) => step.status)).toContain(status);
  }
  const did = (does: Act["does"], { who, shift }: Signup): boolean =>
    done.some(
      ({ act }) => act.does === does && "shift" in act && act.shift === shift && (!("who" in act) || act.who === who),
    );
  // Nobody loses a place but by giving it back, or by the shift's end.
  for (const { signup_id, version, status } of fresh) {
    if (status === "CONFIRMED") told.confirmed++;
    if (status === "LAPSED") told.lapsed++;
    const was = after.steps.find((step) => step.signup_id === signup_id && step.version === version - 1)?.status;
    const signup = after.signups.find(({ id }) => id === signup_id)!;
    if (status === "RELEASED")
      expect(did("release", signup) || did("cancel", signup) || (was === "REQUESTED" && did("answer", signup))).toBe(
        true,
      );
    if (status === "LAPSED" && was === "OFFERED")
      expect(did("release", signup) || done.some(({ act }) => act.does === "pass")).toBe(true);
    if (["CONFIRMED", "REQUESTED"].includes(status) && was !== "REQUESTED")
      expect(did("claim", signup) || did("answer", signup)).toBe(true);
    // A shift that takes no claims gives no new places; an offer made before can still be taken.
    const shut = before.shifts[signup.shift]!.status !== "OPEN" && !did("open", signup);
    if (shut && !places.includes(was ?? "")) expect(["RELEASED", "LAPSED"]).toContain(status);
  }
  expectInOrder(before, after, fresh);
}

/** Whoever could have been offered a place all the time, and did nothing, is not overtaken in the line. */
function expectInOrder(before: Picture, after: Picture, fresh: StepRow[]): void {
  const moved = new Set(fresh.map(({ signup_id }) => signup_id));
  const busy = new Set(
    before.signups
      .concat(after.signups)
      .filter(({ id }) => moved.has(id))
      .map(({ who }) => who),
  );
  const first = (id: string): string | undefined => fresh.find(({ signup_id }) => signup_id === id)?.status;
  const waiting = before.signups.filter(({ status }) => status === "WAITLISTED");
  const offered = waiting.filter(({ id }) => first(id) === "OFFERED");
  const patient = waiting.filter((one) => !busy.has(one.who) && able(before, one));
  for (const one of offered) {
    told.offers++;
    if (patient.some(({ shift, line }) => shift === one.shift && line! > one.line!)) told.inTurn++;
    expect(patient.filter(({ shift, line }) => shift === one.shift && line! < one.line!)).toEqual([]);
  }
}

/** Known, and holds no place at the same time. */
const able = ({ signups, known: acknowledged }: Picture, { who, shift }: Signup): boolean =>
  acknowledged[who]! &&
  !signups.some((one) => one.who === who && one.shift !== shift && holds(one) && overlap(one.shift, shift));

/** In the end nobody waits for a place that is free and that they could take. */
async function expectNobodyForgotten(): Promise<void> {
  for (let again = 0; again < 2; again++) await runTask(server().services, "overdue signups");
  const end = await picture();
  expectSound(end);
  const idle = end.signups.filter((one) => {
    const { status, taken, capacity } = end.shifts[one.shift]!;
    return one.status === "WAITLISTED" && status === "OPEN" && taken < capacity && able(end, one);
  });
  expect(idle).toEqual([]);
  const [letters] = await query<{ told: number }>(
    "SELECT count(*)::int AS told FROM letters WHERE kind = 'signup-offered'",
  );
  expect(letters!.told).toBe(end.steps.filter(({ status }) => status === "OFFERED").length);
}

test(`${runs} storms of claims, releases, answers, offers, changes of size and ends leave every place with whom it belongs to`, async () => {
  await assert(
    asyncProperty(storms(known + newcomers, times.length), async (batches) => {
      await anew();
      let before = await picture();
      for (const batch of batches) {
        const done = await Promise.all(batch.map((act) => perform(act, before)));
        const after = await picture();
        expectSound(after);
        expectExplained(before, after, done);
        before = after;
      }
      await expectNobodyForgotten();
    }),
    {
      numRuns: runs,
      ...(process.env["MODEL_SEED"] ? { seed: Number(process.env["MODEL_SEED"]) } : {}),
      endOnFailure: true,
    },
  );
});
