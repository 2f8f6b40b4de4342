import { type Answer, listen, send } from "../support/client.js";
import { overPost, Wire } from "../support/wire.js";
import { openWorld, type Person } from "../support/world.js";

const world = openWorld();
const { a, as, clock, server, url } = world;
beforeEach(() => (clock.now = new Date("2026-01-23T18:00:00Z")));

const fields = "id name ending createdAt lastUsedOn expiresAt revokedAt";
const create = (by: Person | undefined, input: object = {}) =>
  as(by).call("createApiKey", { name: "A map", ...input }, `secret apiKey { ${fields} }`);
const revoke = (by: Person | undefined, apiKeyId: string) =>
  as(by).call("revokeApiKey", { apiKeyId }, "apiKey { revokedAt }");
const list = async (by: Person) =>
  (await as(by).run(`{ viewer { apiKeys(first: 100) { nodes { ${fields} } } } }`)).data.viewer.apiKeys.nodes;

/** Somebody with a key. */
async function holder(input: object = {}) {
  const person = await a.person();
  const { data } = await create(person, input);
  const { secret, apiKey } = data.createApiKey as { secret: string; apiKey: { id: string; ending: string } };
  return { person, secret, id: apiKey.id, ending: apiKey.ending };
}

const ask = (secret: string, query: string, at = url()) =>
  overPost(at, { query }, { authorization: `Bearer ${secret}` });
const exported = (secret: string): Promise<Answer> =>
  send(`${url()}/turnout.csv?campaign=none`, "GET", { authorization: `Bearer ${secret}` });

describe("A key is not made", () => {
  test("by nobody", async () => {
    expect((await create(undefined)).code).toBe("UNAUTHENTICATED");
  });
  test.each([
    ["without a name", { name: " " }, "input.name", "1 to 60 characters"],
    ["with a name of 61 characters", { name: "x".repeat(61) }, "input.name", "1 to 60 characters"],
    ["to expire now", { expiresAt: "2026-01-23T18:00:00Z" }, "input.expiresAt", "must be in the future"],
    ["to expire on no day", { expiresAt: "2026-02-30T18:00:00Z" }, "input.expiresAt", "must be an instant"],
  ])("%s", async (_what, input, path, reason) => {
    const { code, fields: faults } = await create(await a.person(), input);
    expect([code, faults[0]?.path]).toEqual(["BAD_USER_INPUT", path]);
    expect(faults[0]?.reason).toContain(reason);
  });
  test("beside ten that are valid, also not by eleven calls at once; one that is revoked or has expired makes room", async () => {
    const person = await a.person();
    await create(person, { expiresAt: "2026-01-24T00:00:00Z" });
    const made = await Promise.all(Array.from({ length: 10 }, () => create(person)));
    const ids = made.flatMap(({ data }) => data?.createApiKey?.apiKey.id ?? []);
    expect(ids).toHaveLength(9);
    expect(await create(person)).toMatchObject({ code: "CONFLICT", reason: "LIMIT_REACHED" });
    await revoke(person, ids[0]);
    expect((await create(person)).code).toBe("OK");
    expect((await create(person)).code).toBe("CONFLICT");
    clock.now = new Date("2026-01-24T00:00:00Z");
    expect((await create(person)).code).toBe("OK");
  });
});

describe("A key is refused with 401 and why, over HTTP, by a route and by a socket,", () => {
  const socket = async (secret: string): Promise<unknown> => {
    const wire = await Wire.open(url());
    wire.send({ type: "connection_init", payload: { token: secret } });
    return wire.closed;
  };
  const refusedEverywhere = async (secret: string, reason: string): Promise<void> => {
    const refused = { code: "UNAUTHENTICATED", reason, status: 401, data: undefined };
    expect(await ask(secret, "{ position }")).toMatchObject(refused);
    const { status, text } = await exported(secret);
    expect([status, JSON.parse(text).errors[0].extensions.reason]).toEqual([401, reason]);
    expect(await socket(secret)).toEqual({ code: 4403, reason });
  };

  test.each([
    ["rgk_", "that is only the prefix"],
    [`rgk_${"0".repeat(48)}`, "whose checksum is wrong"],
    [`rgk_${"0".repeat(40)}963fbb8e`, "that nobody was given"],
    ["rgk_%00'--", "with characters that no key has"],
  ])("%s, %s", (secret) => refusedEverywhere(secret, "KEY_INVALID"));

  test("that lacks a character, or has one in upper case", async () => {
    const { secret } = await holder();
    await refusedEverywhere(secret.slice(0, -1), "KEY_INVALID");
    await refusedEverywhere(`rgk_A${secret.slice(5)}`, "KEY_INVALID");
  });

  test("that was revoked, on every node at once", async () => {
    const { person, secret, id } = await holder();
    const other = await world.another();
    expect((await ask(secret, "{ position }", other.url)).code).toBe("OK");
    await revoke(person, id);
    expect(await ask(secret, "{ position }", other.url)).toMatchObject({ reason: "KEY_REVOKED", status: 401 });
    await refusedEverywhere(secret, "KEY_REVOKED");
  });

  test("that has expired", async () => {
    const { secret } = await holder({ expiresAt: "2026-01-23T19:00:00Z" });
    clock.now = new Date("2026-01-23T18:59:59Z");
    expect((await ask(secret, "{ position }")).code).toBe("OK");
    clock.now = new Date("2026-01-23T19:00:00Z");
    await refusedEverywhere(secret, "KEY_EXPIRED");
  });

  test("whose owner has erased themselves", async () => {
    const { person, secret } = await holder();
    await as(person).call("eraseMyData", { confirm: "erase everything" }, "erased");
    await refusedEverywhere(secret, "KEY_INVALID");
  });
});

describe("A key", () => {
  test("reads what is public, and nothing of its owner's", async () => {
    const { person, secret } = await holder();
    const mine = await a.event({ createdByPerson: person, visibility: "PRIVATE" as never });
    const open = await a.event();
    const query = `{ viewer { email } event(id: "${open.id}") { id } mine: event(id: "${mine.id}") { id } }`;
    expect((await ask(secret, query)).data).toEqual({ viewer: null, event: { id: open.id }, mine: null });
  });

  test("does nothing: neither for its owner, nor what needs no account", async () => {
    const { secret, id } = await holder();
    for (const mutation of [
      `revokeApiKey(input: { apiKeyId: "${id}" }) { apiKey { id } }`,
      `requestSignInCode(input: { email: "ana@example.org" }) { expiresInSeconds }`,
    ])
      expect(await ask(secret, `mutation { ${mutation} }`)).toMatchObject({
        code: "FORBIDDEN",
        reason: "KEY_ONLY_READS",
        status: 403,
      });
    expect((await ask(secret, "{ position }")).code).toBe("OK");
  });

  test("listens, until it is revoked: then its sockets are closed, on every node", async () => {
    const { person, secret, id } = await holder();
    const other = await world.another();
    const campaign = await a.campaign();
    const event = await a.event({ campaign, review: "IN_REVIEW" as never });
    const told = `subscription { eventChanged(campaignId: "${campaign.id}") { event { id } } }`;
    const listening = await listen(other.url, told, {}, secret);
    await as(await a.staff(campaign)).approveEvent(event.id);
    expect(await listening.until(() => true)).toEqual({ event: { id: event.id } });
    await revoke(person, id);
    expect(await listening.ended).toMatchObject({ code: 4403 });
    await listening.stop();
  });

  test("closes its sockets when its owner erases themselves", async () => {
    const { person, secret } = await holder();
    const wire = await Wire.ready(url(), { token: secret });
    await as(person).call("eraseMyData", { confirm: "erase everything" }, "erased");
    expect((await wire.closed).code).toBe(4403);
  });

  test("is recognised by its form: a prefix, 48 digits and a checksum; it ends as the list says", async () => {
    const { secret, ending } = await holder();
    expect(secret).toMatch(/^rgk_[0-9a-f]{48}$/);
    expect(secret.endsWith(ending)).toBe(true);
    expect(ending).toHaveLength(4);
  });

  test("is in no table but as a hash, and told once more only to who sends the same call again", async () => {
    const person = await a.person();
    const call = { name: "A map", idempotencyKey: "the-same-call" };
    const [first, again] = [await create(person, call), await create(person, call)];
    expect(again.data).toEqual(first.data);
    expect(await list(person)).toHaveLength(1);
    const { secret } = first.data.createApiKey as { secret: string };
    const tables = await server().services.db.query<{ name: string }[]>(
      "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'",
    );
    for (const { name } of tables) {
      const sql = `SELECT count(*)::int AS n FROM "${name}" t WHERE t::text LIKE '%' || $1 || '%'`;
      const [found] = await server().services.db.query<{ n: number }[]>(sql, [secret.slice(4, 24)]);
      expect([name, found!.n]).toEqual([name, 0]);
    }
  });

  test("says on which day it was last used, and no time of it", async () => {
    const { person, secret } = await holder();
    expect(await list(person)).toMatchObject([{ name: "A map", lastUsedOn: null, expiresAt: null, revokedAt: null }]);
    await Promise.all([ask(secret, "{ position }"), ask(secret, "{ position }")]);
    expect((await list(person))[0].lastUsedOn).toBe("2026-01-23");
    clock.now = new Date("2026-01-25T00:00:01Z");
    await ask(secret, "{ position }");
    expect((await list(person))[0].lastUsedOn).toBe("2026-01-25");
  });

  test("is in its owner's export, without its hash", async () => {
    const { person } = await holder({ name: "My map" });
    const { json } = (await as(person).run("{ exportMyData { json } }")).data.exportMyData;
    expect(JSON.parse(json).api_keys).toEqual([
      { name: "My map", madeAt: "2026-01-23T18:00:00.000Z", lastUsedOn: null, expiresAt: null, revokedAt: null },
    ]);
  });
});

test("keeps of the keys that are over the latest forty", async () => {
  const person = await a.person();
  for (let n = 0; n < 45; n++) {
    const { data } = await create(person, { name: `Key ${n}` });
    await revoke(person, data.createApiKey.apiKey.id);
    clock.now = new Date(clock.now.getTime() + 1_000);
  }
  const kept = await list(person);
  expect(kept).toHaveLength(40);
  expect([kept[0].name, kept.at(-1).name]).toEqual(["Key 44", "Key 5"]);
});
