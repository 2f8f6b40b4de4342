import { hour, signupsIn } from "../support/signups.js";
import { openWorld } from "../support/world.js";

const world = openWorld();
const { a, as, clock, server } = world;
const { claim, line, release, confirm, decline, reads, pass, passes, subjects } = signupsIn(world);

async function rally(fields: object = {}) {
  const event = await a.event();
  return { event, shift: await a.shift({ event, ...fields }), coordinator: await a.coordinator(event) };
}

describe("Somebody whom nobody knows", () => {
  test("holds a place that a coordinator confirms, and needs no yes in this campaign from then on", async () => {
    const campaign = await a.campaign();
    const event = await a.event({ campaign });
    const [shift, coordinator, person] = [await a.shift({ event }), await a.coordinator(event), await a.person()];
    const asked = await claim(person, shift);
    expect(asked.signup).toMatchObject({ status: "REQUESTED", deadline: "2026-01-21T12:00:00+00:00" });
    expect(asked.shift).toMatchObject({ taken: 1, confirmed: 0, staffing: "UNDER_MINIMUM" });
    for (let again = 0; again < 2; again++) {
      const { signup, shift: now } = await confirm(coordinator, asked.signup.id);
      expect(signup).toMatchObject({ status: "CONFIRMED", deadline: null });
      expect(now).toMatchObject({ taken: 1, confirmed: 1, staffing: "STAFFED" });
    }
    expect(await subjects(person)).toEqual(["You have a place"]);
    const later = { startsAt: new Date("2026-01-23T20:00:00Z"), endsAt: new Date("2026-01-23T21:00:00Z") };
    const near = await a.shift({ event: await a.event({ campaign }), ...later });
    expect((await claim(person, near)).signup.status).toBe("CONFIRMED");
    await release(person, near);
    expect((await claim(person, await a.shift(later))).signup.status).toBe("REQUESTED");
  });

  test("who is declined is told, and the place goes to whoever waits", async () => {
    const { shift, coordinator } = await rally({ capacity: 1 });
    const [person, waiting] = [await a.person(), await a.peacekeeper()];
    const { id } = (await claim(person, shift)).signup;
    await line(waiting, shift);
    for (let again = 0; again < 2; again++)
      expect((await decline(coordinator, id, { reason: "Too far" })).signup.status).toBe("RELEASED");
    expect(await confirm(coordinator, id)).toMatchObject({ code: "CONFLICT", reason: "SIGNUP_STATUS" });
    expect((await reads(waiting, shift)).viewerSignup.status).toBe("OFFERED");
    expect(await subjects(person)).toEqual(["Not this time"]);
    expect(await subjects(waiting)).toEqual(["A place is free for you"]);
    const steps = await server().services.db.query("SELECT reason FROM signup_steps WHERE reason IS NOT NULL");
    expect(steps).toEqual([{ reason: "Too far" }]);
  });

  test("whom nobody confirms loses the place after a day, or when the shift begins", async () => {
    const { shift } = await rally({ capacity: 1 });
    const person = await a.person();
    await claim(person, shift);
    await passes(24 * hour - 1);
    expect((await reads(person, shift)).viewerSignup.status).toBe("REQUESTED");
    await passes(1);
    expect(await reads(person, shift)).toMatchObject({ taken: 0, viewerSignup: { status: "LAPSED", deadline: null } });
    await passes(hour);
    expect(await subjects(person)).toEqual(["Your place is gone"]);
    clock.now = new Date("2026-01-23T17:30:00Z");
    const last = await claim(await a.person(), shift);
    expect(last.signup.deadline).toBe("2026-01-23T18:00:00+00:00");
  });

  test("whose request has lapsed can still be confirmed while there is room, and not otherwise", async () => {
    const { shift, coordinator } = await rally({ capacity: 1 });
    const [person, other] = [await a.person(), await a.peacekeeper()];
    const { id } = (await claim(person, shift)).signup;
    await passes(25 * hour);
    await claim(other, shift);
    expect(await confirm(coordinator, id)).toMatchObject({ code: "CONFLICT", reason: "SHIFT_FULL" });
    await release(other, shift);
    expect((await confirm(coordinator, id)).signup.status).toBe("CONFIRMED");
    expect(await subjects(person)).toContain("You have a place");
  });

  test("cannot hold places for ever by asking again, or by giving back in time and asking again", async () => {
    const shifts = await Promise.all([8, 11, 14].map((from) => world.a.shift(hours(from))));
    const person = await a.person();
    await claim(person, shifts[0]!);
    await release(person, shifts[0]!);
    await claim(person, shifts[0]!);
    await passes(25 * hour);
    for (const shift of shifts) {
      expect(await claim(person, shift)).toMatchObject({ code: "CONFLICT", reason: "LIMIT_REACHED" });
      expect((await reads(person, shift)).eligibility).toEqual(["LIMIT_REACHED"]);
    }
  });

  test("takes no more than half of a shift with others like them; whoever is known takes the rest", async () => {
    const { shift, coordinator } = await rally({ capacity: 3 });
    const people = await Promise.all([1, 2, 3, 4].map(() => a.person()));
    const first = await claim(people[0], shift);
    await claim(people[1], shift);
    expect((await reads(people[2], shift)).eligibility).toEqual(["NEWCOMERS_FULL"]);
    expect(await claim(people[2], shift)).toMatchObject({ code: "CONFLICT", reason: "NEWCOMERS_FULL" });
    for (const person of people.slice(2)) expect((await line(person, shift)).signup.status).toBe("WAITLISTED");
    await passes(hour);
    expect((await reads(people[2], shift)).viewerSignup.status).toBe("WAITLISTED");
    await confirm(coordinator, first.signup.id);
    await passes(hour);
    expect((await reads(people[2], shift)).viewerSignup.status).toBe("WAITLISTED");
  });

  test("is offered a place in turn once a coordinator has said yes to them in line, and not before", async () => {
    const { shift, coordinator } = await rally({ capacity: 1 });
    const [holder, first, second] = [await a.peacekeeper(), await a.person(), await a.person()];
    await claim(holder, shift);
    const inLine = await line(first, shift);
    await line(second, shift);
    await release(holder, shift);
    await passes(hour);
    expect((await reads(first, shift)).viewerSignup.status).toBe("WAITLISTED");
    for (let again = 0; again < 2; again++) await confirm(coordinator, inLine.signup.id);
    expect((await reads(first, shift)).viewerSignup.status).toBe("OFFERED");
    expect((await reads(second, shift)).viewerSignup).toMatchObject({ status: "WAITLISTED", ahead: 0 });
    expect((await claim(first, shift)).signup.status).toBe("CONFIRMED");
  });
});

const hours = (from: number) => ({
  startsAt: new Date(Date.UTC(2026, 0, 23, from)),
  endsAt: new Date(Date.UTC(2026, 0, 23, from + 2)),
});

describe("Whoever waits", () => {
  /** A full shift, and people in its line. */
  async function full(count: number) {
    const shift = await a.shift({ capacity: 1 });
    const [holder, ...people] = await Promise.all(Array.from({ length: count + 1 }, () => a.peacekeeper()));
    await claim(holder, shift);
    for (const person of people) await line(person, shift);
    const states = async () => Promise.all(people.map(async (who) => (await reads(who, shift)).viewerSignup.status));
    return { shift, holder: holder!, people, states };
  }

  test("is in line once, however often they ask, and knows how many are before them", async () => {
    const { shift, people } = await full(3);
    expect(await line(people[1]!, shift)).toMatchObject({ signup: { ahead: 1 }, shift: { waiting: 3, taken: 1 } });
    expect((await claim(people[1], shift)).signup.status).toBe("WAITLISTED");
    await release(people[0], shift);
    expect((await reads(people[1], shift)).viewerSignup.ahead).toBe(0);
    expect((await line(people[0]!, shift)).signup).toMatchObject({ status: "WAITLISTED", ahead: 2 });
  });

  test("is offered a place in their turn, once, and loses it to the next when the deadline passes", async () => {
    const { shift, holder, people, states } = await full(3);
    await release(holder, shift);
    expect(await states()).toEqual(["OFFERED", "WAITLISTED", "WAITLISTED"]);
    const { deadline } = (await reads(people[0], shift)).viewerSignup;
    expect(deadline).toBe("2026-01-21T07:30:00+00:00");
    await passes(Date.parse(deadline) - clock.now.getTime() - 1);
    expect(await states()).toEqual(["OFFERED", "WAITLISTED", "WAITLISTED"]);
    await passes(1);
    expect(await states()).toEqual(["LAPSED", "OFFERED", "WAITLISTED"]);
    expect((await release(people[1], shift)).signup.status).toBe("LAPSED");
    expect(await states()).toEqual(["LAPSED", "LAPSED", "OFFERED"]);
    expect((await claim(people[2], shift)).signup).toMatchObject({ status: "CONFIRMED", deadline: null });
    for (const person of people) expect(await subjects(person)).toEqual(["A place is free for you"]);
    await passes(24 * hour);
    expect(await states()).toEqual(["LAPSED", "LAPSED", "CONFIRMED"]);
  });

  test("cannot take an offer after its deadline, though the server has not noticed yet", async () => {
    const { shift, holder, people, states } = await full(2);
    await release(holder, shift);
    pass(24 * hour);
    expect(await claim(people[0], shift)).toMatchObject({ code: "CONFLICT", reason: "SHIFT_FULL" });
    expect((await line(people[0]!, shift)).signup.status).toBe("WAITLISTED");
    expect(await states()).toEqual(["WAITLISTED", "OFFERED"]);
  });

  test("and does not come leaves the place to whoever claims, when nobody else waits", async () => {
    const { shift, holder } = await full(1);
    await release(holder, shift);
    pass(24 * hour);
    expect((await claim(await a.peacekeeper(), shift)).signup.status).toBe("CONFIRMED");
  });

  test("comes before whoever claims, and lets others past while they cannot come", async () => {
    const { shift, holder, people, states } = await full(2);
    const elsewhere = await a.shift();
    await claim(people[0], elsewhere);
    await release(holder, shift);
    expect(await states()).toEqual(["WAITLISTED", "OFFERED"]);
    await release(people[1], shift);
    const quick = await a.peacekeeper();
    await release(people[0], elsewhere);
    expect(await claim(quick, shift)).toMatchObject({ code: "CONFLICT", reason: "SHIFT_FULL" });
    expect(await states()).toEqual(["WAITLISTED", "LAPSED"]);
  });

  test("is offered nothing of a shift that is closed, cancelled or begun", async () => {
    for (const [change, reason] of [
      ["status = 'CLOSED'", "SHIFT_CLOSED"],
      ["closes_at = '2026-01-20T12:00:00Z'", "SHIFT_CLOSED"],
      ["status = 'CANCELLED'", "SHIFT_CANCELLED"],
      ["starts_at = '2026-01-20T12:00:00Z', ends_at = '2026-01-20T14:00:00Z'", "SHIFT_STARTED"],
    ]) {
      const { shift, holder, people, states } = await full(1);
      await server().services.db.query(`UPDATE shifts SET ${change} WHERE id = $1::uuid`, [shift.slice(-32)]);
      await release(holder, shift);
      await passes(0);
      expect(await states()).toEqual(["WAITLISTED"]);
      expect((await reads(people[0], shift)).eligibility).toEqual([reason]);
      expect(await claim(people[0], shift)).toMatchObject({ code: "CONFLICT", reason });
    }
  });

  test("is served though another shift's row cannot be written", async () => {
    const { db } = server().services;
    const shifts = await Promise.all([1, 2, 3, 4].map(() => a.shift()));
    for (const shift of shifts) await claim(await a.person(), shift);
    await db.query(`CREATE FUNCTION refuse_shift() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN IF OLD.id = '${shifts[0]!.slice(-32)}' THEN RAISE EXCEPTION 'broken'; END IF; RETURN NEW; END $$;
      CREATE TRIGGER refuse_shift BEFORE UPDATE ON shifts FOR EACH ROW EXECUTE FUNCTION refuse_shift()`);
    await expect(passes(24 * hour)).rejects.toThrow("broken");
    await db.query("DROP TRIGGER refuse_shift ON shifts");
    for (const shift of shifts.slice(1)) expect(await reads(undefined, shift)).toMatchObject({ taken: 0 });
  });
});

test("says when a place was given back late", async () => {
  const shift = await a.shift({ releaseCutoffMinutes: 24 * 60 });
  for (const [now, late] of [
    ["2026-01-22T18:00:00Z", false],
    ["2026-01-22T18:00:01Z", true],
    ["2026-01-23T19:59:00Z", true],
  ] as const) {
    const person = await a.peacekeeper();
    clock.now = new Date("2026-01-20T12:00:00Z");
    await claim(person, shift);
    clock.now = new Date(now);
    expect((await release(person, shift)).signup).toMatchObject({ status: "RELEASED", releasedLate: late });
  }
  const person = await a.peacekeeper();
  clock.now = new Date("2026-01-20T12:00:00Z");
  await claim(person, shift);
  clock.now = new Date("2026-01-23T20:00:00Z");
  expect(await release(person, shift)).toMatchObject({ code: "CONFLICT", reason: "SHIFT_ENDED" });
});

test("lets nobody but coordinators confirm or decline, and says to others that there is no such sign-up", async () => {
  const { shift } = await rally();
  const person = await a.person();
  const { id } = (await claim(person, shift)).signup;
  for (const act of [confirm, decline]) {
    expect((await act(await a.person(), id)).code).toBe("NOT_FOUND");
    expect((await act(person, id)).code).toBe("FORBIDDEN");
  }
  expect((await as().call("confirmSignup", { signupId: id }, "__typename")).code).toBe("UNAUTHENTICATED");
});
