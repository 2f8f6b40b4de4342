import { Agent, request } from "node:http";
import { type Reply, replyOf } from "../support/client.js";
import { signupsIn } from "../support/signups.js";
import { openWorld, type Person } from "../support/world.js";

const rounds = Number(process.env["RACE_ROUNDS"] ?? 3);
jest.setTimeout(60_000 + rounds * 10_000);

const world = openWorld();
const { a, server, url } = world;
const { at, passes } = signupsIn(world);

const claims = `mutation($input: ClaimShiftInput!) { claimShift(input: $input) { signup { status ahead } } }`;
const agent = new Agent({ keepAlive: true, maxSockets: 50 });
afterAll(() => agent.destroy());

/** A claim, on a connection of its own among 50. */
const claim = (by: Person, shiftId: string, joinWaitlist: boolean): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const headers = { "content-type": "application/json", authorization: `Bearer ${by.token}` };
    const sent = request(`${url()}/graphql`, { method: "POST", agent, headers }, (response) => {
      let text = "";
      response.on("data", (data: Buffer) => (text += data.toString()));
      response.on("end", () => resolve(replyOf(response.statusCode!, JSON.parse(text) as Reply["body"])));
    });
    sent.on("error", reject);
    sent.end(JSON.stringify({ query: claims, variables: { input: { shiftId, joinWaitlist } } }));
  });

test(`of 50 claims at once for the last of 20 places, one succeeds, and 49 wait or are refused as they asked, ${rounds} times over`, async () => {
  const event = await a.event();
  const people = await Promise.all(Array.from({ length: 50 }, () => a.peacekeeper()));
  for (let round = 0; round < rounds; round++) {
    const shift = await a.shift({ event, capacity: 20 });
    const id = shift.slice(-32);
    await server().services.db.query("UPDATE shifts SET taken = 19, confirmed = 19 WHERE id = $1", [id]);
    const replies = await Promise.all(people.map((person, n) => claim(person, shift, n % 2 === 0)));
    const statuses = replies.map(({ data, reason }) => data?.claimShift.signup.status ?? reason);
    const count = (status: string): number => statuses.filter((one) => one === status).length;
    const won = statuses.indexOf("CONFIRMED");
    expect([count("CONFIRMED"), count("WAITLISTED"), count("SHIFT_FULL")]).toEqual(
      won % 2 === 0 ? [1, 24, 25] : [1, 25, 24],
    );
    replies.forEach(({ reason }, n) => expect(reason).toBe(n === won || n % 2 === 0 ? undefined : "SHIFT_FULL"));
    const { db } = server().services;
    const [row] = await db.query("SELECT taken, confirmed, line FROM shifts WHERE id = $1", [id]);
    expect(row).toEqual({ taken: 20, confirmed: 20, line: count("WAITLISTED") });
    const lines = await db.query(
      "SELECT line FROM shift_signups WHERE shift_id = $1 AND line IS NOT NULL ORDER BY line",
      [id],
    );
    expect(lines.map(({ line }: { line: number }) => line)).toEqual(Array.from({ length: row.line }, (_, n) => n + 1));
    // Whoever won goes home, to race again.
    await db.query("UPDATE shift_signups SET status = 'RELEASED' WHERE shift_id = $1", [id]);
  }
});

test("of two that overlap, claimed at once by one person, one is held", async () => {
  const event = await a.event();
  for (let round = 0; round < rounds; round++) {
    const [person, shifts] = [
      await a.peacekeeper(),
      [await at(10, 12, { event }), await at(11, 13, { event }), await at(10.5, 11.5, { event })],
    ];
    const replies = await Promise.all(shifts.map((shift) => claim(person, shift, true)));
    expect(replies.filter(({ code }) => code === "OK")).toHaveLength(1);
    expect(replies.filter(({ reason }) => reason === "OVERLAPS")).toHaveLength(2);
  }
});

test("of more than a newcomer may hold, claimed at once, two are held", async () => {
  const person = await a.person();
  const shifts = await Promise.all([8, 10, 12, 14, 16].map((from) => at(from, from + 1)));
  const replies = await Promise.all(shifts.map((shift) => claim(person, shift, false)));
  expect(replies.map(({ code, reason }) => reason ?? code).sort()).toEqual([
    "LIMIT_REACHED",
    "LIMIT_REACHED",
    "LIMIT_REACHED",
    "OK",
    "OK",
  ]);
});

test.each([
  ["500 places", false, 1],
  ["places and lines again and again", true, 4],
])(
  "hostile accounts that claim %s (in lines: %s) hold half of a shift at most, and nothing after %d days without a yes",
  async (_what, joins, days) => {
    const event = await a.event();
    const hours = Array.from({ length: 25 }, (_, n) => 250 + n / 2);
    const shifts = await Promise.all(hours.map((from) => at(from, from + 0.5, { event, capacity: 20 })));
    const accounts = Number(process.env["HOSTILE"] ?? 30);
    const people = await Promise.all(Array.from({ length: accounts }, () => a.person()));
    const storm = (wave: number) =>
      Promise.all(
        people.flatMap((person, n) =>
          [0, 1, 2].map((more) => claim(person, shifts[(n * 3 + more + wave) % shifts.length]!, joins)),
        ),
      );
    const held = async (): Promise<{ most: number; held: number }> =>
      (
        await server().services.db.query(
          "SELECT max(taken) AS most, sum(taken)::int AS held FROM shifts WHERE event_id = $1::uuid",
          [event.id.slice(-32)],
        )
      )[0];
    await storm(0);
    const first = await held();
    expect(first.held).toBeGreaterThan(accounts);
    expect(first.most).toBeLessThanOrEqual(10);
    expect((await claim(await a.peacekeeper(), shifts[0]!, false)).code).toBe("OK");
    for (let day = 1; day <= days; day++) {
      if (day > 1) await storm(day);
      await passes(25 * 3_600_000);
    }
    // 5 % of 500.
    expect((await held()).held).toBeLessThanOrEqual(25);
    if (days === 1) return;
    await storm(days);
    expect((await held()).held).toBeLessThanOrEqual(25);
  },
);
