import { constantFrom, array, assert, integer, property, tuple } from "fast-check";
import { readConfig } from "../../src/platform/config.js";
import { Buckets } from "../../src/platform/limits/bucket.js";
import { Rates } from "../../src/platform/limits/rates.js";
import { send } from "../support/client.js";
import { overGet, overPost, Wire } from "../support/wire.js";
import { openWorld } from "../support/world.js";

const limits = { RATE_ANONYMOUS: "120", RATE_SIGNED_IN: "240", RATE_KEY: "600" };
const world = openWorld({ ...limits, TRUST_PROXY: "1", LOG_LEVEL: "trace" });
const { a, as, clock, lines, server, url } = world;

const later = (seconds: number): void => void (clock.now = new Date(clock.now.getTime() + seconds * 1_000));
/** After an hour every bucket is full. */
beforeEach(() => later(3_600));

let hosts = 0;
/** An address that nobody else has. */
const address = (): string => `198.51.100.${++hosts}`;
const from = (forwarded: string, token?: string) => ({
  "x-forwarded-for": forwarded,
  ...(token ? { authorization: `Bearer ${token}` } : {}),
});
const read = new Set<string>();
/** Asks in words that the server has read before: reading them costs as well. */
async function ask(headers: Record<string, string>, query = "{ position }") {
  if (!read.has(query)) await overPost(url(), { query }, from(address()));
  read.add(query);
  return overPost(url(), { query }, headers);
}
const list = (first: number): string => `{ campaigns(first: ${first}) { nodes { id } } }`;
/** Asks for so much that what is left of an address is not enough for any call. */
const drain = (headers: Record<string, string>) => ask(headers, list(100));
const left = async (headers: Record<string, string>): Promise<unknown> =>
  ((await ask(headers)).body as { extensions?: { cost: { remaining: number } } }).extensions?.cost.remaining;
const csv = (headers: Record<string, string>) => send(`${url()}/turnout.csv?campaign=none`, "GET", headers);

describe("The settings refuse", () => {
  test.each(["-1", "1.5", "many", "1e12"])("a rate of %s", (rate) => {
    expect(() => readConfig({ RATE_ANONYMOUS: rate, RATE_KEY: rate })).toThrow(/RATE_ANONYMOUS: [^]*RATE_KEY: /);
  });
  test("a number of proxies that is none", () => {
    for (const proxies of ["yes", "-1", "10", "127.0.0.1"])
      expect(() => readConfig({ TRUST_PROXY: proxies })).toThrow(/TRUST_PROXY: must be true, false, or how many/);
  });
});

describe("Whoever has used up their points", () => {
  test("is refused with 429, and told the price, what is left and how long to wait; then it is granted", async () => {
    const me = from(address());
    await ask(me, list(100));
    const reply = await ask(me, list(37));
    expect(reply).toMatchObject({ code: "RATE_LIMITED", reason: "TOO_MANY_REQUESTS", status: 429 });
    expect(reply.message).toBe(
      "Too many requests: this costs 48 points, and of your 120 a minute 9 are left; try again in 20 seconds.",
    );
    expect(reply.body.errors![0]!.extensions).toMatchObject({ retryable: true, retryAfterSeconds: 20 });
    expect(reply.body).toMatchObject({
      extensions: { cost: { requested: 48, limit: 120, remaining: 9, resetSeconds: 56 } },
    });
    expect(reply.headers.get("retry-after")).toBe("20");
    later(19);
    expect((await ask(me, list(37))).code).toBe("RATE_LIMITED");
    later(1);
    expect((await ask(me, list(37))).code).toBe("OK");
  });

  test("is refused by GET, by a route and by a subscription as well", async () => {
    const me = from(address());
    await drain(me);
    expect(await overGet(url(), { query: list(50) }, me)).toMatchObject({ code: "RATE_LIMITED", status: 429 });
    const { status, headers } = await csv(me);
    expect([status, headers["retry-after"], headers["ratelimit"]]).toEqual([429, "46", '"anonymous";r=9;t=56']);
    const person = await a.person();
    await ask(from(address(), person.token), list(100));
    await ask(from(address(), person.token), list(100));
    await ask(from(address(), person.token), list(5));
    const wire = await Wire.ready(url(), { token: person.token });
    const query = `subscription { eventChanged(campaignId: "${(await a.campaign()).id}") { kind } }`;
    expect(await wire.ask({ query })).toMatchObject({ code: "RATE_LIMITED", reason: "TOO_MANY_REQUESTS" });
    await wire.close();
  });

  test("has no text read that is new, unless they say who they are", async () => {
    const [here, person] = [address(), await a.person()];
    await drain(from(here));
    const query = "{ nobody }";
    const code = async (token?: string) => (await overPost(url(), { query }, from(here, token))).code;
    expect(await code()).toBe("RATE_LIMITED");
    expect(await code("x".repeat(43))).toBe("UNAUTHENTICATED");
    expect(await code(person.token)).toBe("GRAPHQL_VALIDATION_FAILED");
  });

  test("still signs in, and does what they came for: changes have a bucket of their own", async () => {
    const [me, person] = [from(address()), await a.peacekeeper()];
    await drain(me);
    const code = `mutation { requestSignInCode(input: { email: "ana@example.org" }) { expiresInSeconds } }`;
    const reply = await ask(me, code);
    expect([reply.code, reply.headers.get("ratelimit-policy")]).toEqual(["OK", '"anonymous-changes";q=120;w=60']);
    const mine = from(address(), person.token);
    await ask(mine, list(100));
    await ask(mine, list(100));
    expect((await ask(mine, list(100))).code).toBe("RATE_LIMITED");
    const claim = `mutation { claimShift(input: { shiftId: "${await a.shift({ startsAt: new Date(clock.now.getTime() + 86_400_000), endsAt: new Date(clock.now.getTime() + 90_000_000) })}" }) { signup { status } } }`;
    expect((await ask(mine, claim)).data).toEqual({ claimShift: { signup: { status: "CONFIRMED" } } });
  });

  test("uses up nobody else's: not a neighbour's, not that of who is signed in, or has a key, at the same address", async () => {
    const [here, person] = [address(), await a.person()];
    const { data } = await as(person).call("createApiKey", { name: "A map" }, "secret");
    await drain(from(here));
    expect((await ask(from(here), list(50))).code).toBe("RATE_LIMITED");
    expect(await left(from(address()))).toBe(110);
    expect(await left(from(here, person.token))).toBe(230);
    expect(await left(from(here, data.createApiKey.secret))).toBe(590);
    expect(await left(from(address(), data.createApiKey.secret))).toBe(580);
  });

  test("goes down by one point for a key that nobody was given at a public route, by ten at /graphql; then it says 401 still", async () => {
    const here = address();
    const forged = `rgk_${"0".repeat(40)}963fbb8e`;
    await ask(from(address()));
    await csv(from(here, forged));
    expect(await left(from(here))).toBe(109);
    expect((await ask(from(here, forged))).code).toBe("UNAUTHENTICATED");
    expect(await left(from(here))).toBe(89);
    const empty = address();
    await drain(from(empty));
    for (let n = 0; n < 10; n++) await csv(from(empty, forged));
    expect((await csv(from(empty, forged))).status).toBe(401);
    expect((await ask(from(empty))).code).toBe("RATE_LIMITED");
  });

  test("has no other bucket at another address of their network, nor by writing addresses into a header", async () => {
    await drain(from("2001:db8:1:2::1"));
    expect((await ask(from("2001:db8:1:2:ffff::9"), list(50))).code).toBe("RATE_LIMITED");
    expect((await ask(from("2001:db8:1:3::1"), list(50))).code).toBe("OK");
    const here = address();
    await drain(from(here));
    expect((await ask(from(`::ffff:${here}`), list(50))).code).toBe("RATE_LIMITED");
    expect((await ask(from(`203.0.113.7, ${here}`), list(50))).code).toBe("RATE_LIMITED");
  });
});

describe("A call costs", () => {
  test.each([
    ["{ position }", 10],
    [list(20), 31],
    [`{ campaigns(first: 5) { nodes { id demands { text } } } }`, 66],
    [`{ __schema { types { name } } }`, 10],
  ])("ten, and one for each object: %s", async (query, price) => {
    const reply = await ask(from(address()), query);
    expect(reply.body).toMatchObject({
      extensions: { cost: { requested: price, limit: 120, remaining: 120 - price } },
    });
    expect(reply.headers.get("ratelimit-policy")).toBe('"anonymous";q=120;w=60');
    expect(reply.headers.get("ratelimit")).toBe(`"anonymous";r=${120 - price};t=${Math.ceil(price / 2)}`);
  });

  test("one more for each 50 characters of a text that was not read before", async () => {
    const query = `{ position } #${"x".repeat(200)}`;
    for (const price of [15, 10]) {
      const reply = await overPost(url(), { query }, from(address()));
      expect(reply.body).toMatchObject({ extensions: { cost: { requested: price } } });
    }
  });

  test("its text and ten where it is refused for that, or for its token", async () => {
    for (const query of ["{", "{ nothing }"]) {
      const me = from(address());
      const { status, headers } = await ask(me, query);
      expect([status, headers.get("ratelimit")]).toEqual([400, '"anonymous";r=109;t=6']);
    }
    const here = address();
    expect((await ask(from(here, "x".repeat(43)))).status).toBe(401);
    expect((await csv(from(here, "x".repeat(43)))).headers["ratelimit"]).toBe('"anonymous";r=109;t=6');
    expect(await left(from(here))).toBe(99);
  });

  test("what it asks for, also more than a bucket holds: from a full one, which owes the rest", async () => {
    const me = from(address());
    expect((await ask(me, `{ ${list(100).slice(1, -1)} more: ${list(100).slice(1, -1)} }`)).code).toBe("OK");
    const reply = await ask(me);
    expect([reply.code, reply.headers.get("retry-after")]).toEqual(["RATE_LIMITED", "51"]);
    later(51);
    expect((await ask(me)).code).toBe("OK");
  });

  test("of an export a hundred", async () => {
    const { status, headers } = await csv(from(address()));
    expect([status, headers["ratelimit"]]).toEqual([404, '"anonymous";r=20;t=50']);
  });

  test("nothing where there is no limit", () => {
    const rates = new Rates(readConfig({ RATE_ANONYMOUS: "0" }), () => clock.now);
    expect(rates.charge({ kind: "anonymous", id: "x" }, 1_000_000)).toBeNull();
    expect(rates.charge({ kind: "key", id: "x" }, 1)).toMatchObject({ limit: 3_000_000, remaining: 2_999_999 });
  });
});

test("the log has no address: of reads, of a route, of what is refused, of a socket, of a fault of ours", async () => {
  lines.length = 0;
  const here = "203.0.113.201";
  const me = from(here);
  await ask(me, list(10));
  await overGet(url(), { query: "{ position }" }, me);
  await ask(me, "{ nothing }");
  await ask(me, "{");
  await ask(from(here, "rgk_0"));
  await send(`${url()}/graphql`, "POST", { ...me, "content-type": "application/json" }, "{");
  await send(`${url()}/graphql`, "POST", { ...me, "content-type": "text/plain" }, "{ position }");
  await csv(me);
  await csv(me);
  await drain(me);
  expect((await ask(me, list(50))).code).toBe("RATE_LIMITED");
  const wire = await Wire.ready(url());
  await wire.ask({ query: "subscription { nothing }" });
  await wire.close();
  const { db } = server().services;
  await db.query("ALTER TABLE campaigns RENAME TO away");
  expect((await ask(from("203.0.113.202"), list(1))).code).toBe("INTERNAL_SERVER_ERROR");
  await db.query("ALTER TABLE away RENAME TO campaigns");
  expect(lines.join("")).toMatch(/"unexpected error"/);
  expect(lines.length).toBeGreaterThan(8);
  for (const line of lines) expect(line).not.toMatch(/203\.0\.113|127\.0\.0\.1|::1|forwarded/);
});

test("a bucket gives at most what it held and what flowed in since, and in the end all of that", () => {
  const steps = array(tuple(integer({ min: 0, max: 30_000 }), integer({ min: 1, max: 90 }), constantFrom("a", "b")));
  assert(
    property(steps, (taken) => {
      let now = 1_000_000;
      const buckets = new Buckets("anonymous", 100, () => now);
      const level: Record<string, number> = { a: 100, b: 100 };
      for (const [ms, points, caller] of taken) {
        now += ms;
        for (const one of ["a", "b"]) level[one] = Math.min(100, level[one]! + ms / 600);
        const { waitSeconds, remaining } = buckets.charge(caller, points);
        // What lies within the rounding of milliseconds may go either way.
        const sure = Math.abs(level[caller]! - points) > 0.05;
        const enough = sure ? level[caller]! > points : waitSeconds === 0;
        expect(waitSeconds === 0).toBe(enough);
        if (enough) level[caller]! -= points;
        expect(Math.abs(remaining - level[caller]!)).toBeLessThan(1.1);
        if (!enough) expect(level[caller]! + (waitSeconds * 1_000) / 600).toBeGreaterThan(points - 0.1);
      }
    }),
    { numRuns: 40 },
  );
});

test("a clock that is put back empties no bucket", () => {
  let now = 10_000_000;
  const buckets = new Buckets("anonymous", 60, () => now);
  buckets.charge("a", 60);
  now -= 3_600_000;
  expect(buckets.charge("a", 60).waitSeconds).toBe(0);
});
