import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { Client } from "pg";
import { fromGlobalId } from "../../src/platform/database/ids.js";
import { feedsIn, readAtom, readCsv, readGeojson, readIcs } from "../support/feeds.js";
import { awayAt } from "../support/statements.js";
import { openWorld } from "../support/world.js";

const world = openWorld({ TRUST_PROXY: "true", PUBLIC_URL: "https://rallies.example" });
const { a, as, clock, server } = world;
const { get, text, ids, fresh } = feedsIn(world);
const endings = ["geojson", "ics", "atom", "csv"] as const;
let campaign: { id: string; slug: string };
const later = (): Date => (clock.now = new Date(clock.now.getTime() + 10_000));

/** Asks until the answer is another one: a copy is shown for a quarter of a second at most. */
async function changed(path: string, etag: string): Promise<Response> {
  for (;;) {
    const reply = await get(path);
    if (reply.headers.get("etag") !== etag) return reply;
    await reply.arrayBuffer();
  }
}

/** As often as there are copies of this event, and a bit more than one answer holds. */
async function manyOf(event: { id: string }, count: number): Promise<void> {
  await server().services.db.query(
    `INSERT INTO events SELECT (jsonb_populate_record(e, jsonb_build_object('id', gen_random_uuid()))).*
     FROM events e, generate_series(2, $2::int) WHERE e.id = $1`,
    [fromGlobalId("Event", event.id, "id"), count],
  );
}

describe.each([
  ["short", 3],
  ["long", 1_050],
])("a %s feed", (_length, count) => {
  let event: { id: string; slug: string };
  let address: (ending: string) => string;
  beforeAll(async () => {
    campaign = await a.campaign();
    event = await a.event({ campaign, title: "Rally", city: "honolulu-hi" });
    await manyOf(event, count);
    const { slug } = campaign;
    address = (ending) => `/campaigns/${slug}/events.${ending}`;
  });
  beforeEach(later);

  test("has each event once, in order, for each reader", async () => {
    const all = readGeojson(await text(address("geojson")));
    const found = all.features.map(({ id }: { id: string }) => id);
    expect([found.length, new Set(found).size]).toEqual([count, count]);
    expect(all.bbox).toEqual([-157.85833, 21.30694, -157.85833, 21.30694]);
    expect(found).toEqual([...found].sort());
    expect(readCsv(await text(address("csv"))).map(({ id }) => id)).toEqual(found);
    expect(readIcs(await text(address("ics")))).toHaveLength(count);
    expect((await readAtom(await text(address("atom")))).items).toHaveLength(count);
  });

  test.each(endings)(
    "is read by anybody, is kept by caches, and asked for in vain until it has changed, as %s",
    async (ending) => {
      await get(address(ending));
      later();
      const whole = await get(address(ending), { headers: { origin: "https://news.example" } });
      const body = await whole.text();
      const head = await get(address(ending), { method: "HEAD" });
      expect(head.headers.get("content-length")).toBe(whole.headers.get("content-length"));
      const { etag, "last-modified": modified } = Object.fromEntries(whole.headers) as Record<string, string>;
      for (const reply of [whole, head])
        expect([reply.status, Object.fromEntries(reply.headers)]).toEqual([
          200,
          expect.objectContaining({
            "access-control-allow-origin": "*",
            "cross-origin-resource-policy": "cross-origin",
            "cache-control": "public, max-age=0, must-revalidate",
            "content-disposition": `inline; filename="events.${ending}"`,
            etag,
            vary: "accept-encoding",
          }),
        ]);
      expect([etag!.startsWith('W/"'), Date.parse(modified!) <= clock.now.getTime(), await head.text()]).toEqual([
        true,
        true,
        "",
      ]);
      expect(whole.headers.get("access-control-expose-headers")).toMatch(/etag, link, retry-after, ratelimit/);
      for (const headers of [
        { "if-none-match": etag! },
        { "if-none-match": `"x", ${etag}` },
        { "if-modified-since": modified! },
      ]) {
        const reply = await get(address(ending), { headers });
        expect([reply.status, reply.headers.get("etag"), await reply.text()]).toEqual([304, etag, ""]);
      }
      const stale = { "if-none-match": '"x"', "if-modified-since": modified! };
      const again = await get(address(ending), { headers: stale });
      expect([again.status, await again.text()]).toEqual([200, body]);
      for (const [encoding, open] of [
        ["gzip", gunzipSync],
        ["br", brotliDecompressSync],
      ] as const) {
        const reply = await raw(address(ending), encoding);
        expect(reply.head).toMatch(new RegExp(`content-encoding: ${encoding}`, "i"));
        expect(open(reply.body).toString()).toBe(body);
      }
    },
  );

  test("is another one once an event has changed that everybody sees, and the same when only others did", async () => {
    const staff = await a.staff(campaign);
    const hidden = await a.event({ campaign, visibility: "PRIVATE" as never });
    const edit = async (id: string, version: number, title: string) =>
      expect((await as(staff).call("editEvent", { eventId: id, version, title })).code).toBe("OK");
    const shown = async (title: string, before: string[]) => {
      for (const [n, ending] of endings.entries())
        expect(await (await changed(address(ending), before[n]!)).text()).toContain(title);
    };
    const tags = () =>
      Promise.all(endings.map(async (ending) => (await get(address(ending), { method: "HEAD" })).headers.get("etag")!));
    // While an older transaction is open, the position that GeoJSON tells still moves on after the last change.
    const settled = async (): Promise<void> => {
      const { rows } = await server().services.pool.query(
        `SELECT max(lpad(to_hex(xid::text::bigint), 12, '0') || lpad(to_hex(id), 12, '0')) AS last FROM changes
         WHERE subject_id = $1 AND topic IN ('event', 'turnout')`,
        [fromGlobalId("Event", event.id, "id")],
      );
      let position = "";
      while (position.slice(-24) < rows[0].last)
        ({ position } = (await (await get(address("geojson"))).json()) as { position: string });
    };
    // What happened before all of this is heard once this is.
    const first = await tags();
    await edit(event.id, 1, "One title");
    await shown("One title", first);
    await settled();
    const before = await tags();
    await edit(hidden.id, 1, "Nobody's business");
    for (const end = performance.now() + 300; performance.now() < end;) expect(await tags()).toEqual(before);
    await edit(event.id, 2, "Another title");
    await shown("Another title", before);
  });
});

/** What goes over the wire, which fetch would open. */
async function raw(path: string, encoding: string): Promise<{ head: string; body: Buffer }> {
  const { port, hostname } = new URL(world.url());
  const socket = connect(Number(port), hostname);
  socket.write(
    `GET ${path} HTTP/1.0\r\nhost: x\r\nx-forwarded-for: 2001:db8:2::1\r\naccept-encoding: ${encoding}\r\n\r\n`,
  );
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  const whole = Buffer.concat(chunks);
  const end = whole.indexOf("\r\n\r\n");
  return { head: whole.toString("latin1", 0, end), body: whole.subarray(end + 4) };
}

describe("pages", () => {
  test.each(["geojson", "csv"])(
    "of %s lead to all events, each once, and are of their own list only",
    async (ending) => {
      const of = await a.campaign();
      for (let n = 0; n < 5; n++) await a.event({ campaign: of, title: `Rally ${n}` });
      const idsIn = async (reply: Response): Promise<string[]> => {
        const body = await reply.text();
        return ending === "csv"
          ? readCsv(body).map(({ id }) => id!)
          : readGeojson(body).features.map(({ id }: { id: string }) => id);
      };
      const found: string[] = [];
      let next: string | undefined = `/events.${ending}?campaign=${of.slug}&limit=2`;
      const sizes = [];
      let cursor = "";
      while (next) {
        const reply: Response = await get(next);
        const some = await idsIn(reply);
        sizes.push(some.length);
        found.push(...some);
        next = /^<(.+)>; rel="next"$/.exec(reply.headers.get("link") ?? "")?.[1];
        cursor = next ? new URL(next, "http://x").search : cursor;
      }
      expect(sizes).toEqual([2, 2, 1]);
      expect(found).toEqual(await ids(`?campaign=${of.slug}`));
      const other = await get(`/events.${ending}${cursor.replace(of.slug, (await a.campaign()).slug)}`);
      expect([other.status, await other.text()]).toEqual([400, expect.stringContaining("CURSOR_INVALID")]);
    },
  );
});

describe("a feed that goes on for long", () => {
  let path: string;
  beforeAll(async () => {
    const of = await a.campaign();
    await manyOf(await a.event({ campaign: of, description: "x".repeat(5_000) }), 2_500);
    path = `/campaigns/${of.slug}/events.geojson`;
    await (await get(path)).arrayBuffer();
  });

  /** Has the beginning, and reads no further. The place of one who went is free again only once that was noticed. */
  async function reading(address: string): Promise<Socket> {
    const { port, hostname } = new URL(world.url());
    for (;;) {
      const socket = connect(Number(port), hostname);
      socket.write(`GET ${path} HTTP/1.1\r\nhost: x\r\nx-forwarded-for: ${address}\r\n\r\n`);
      await once(socket, "readable");
      if (String(socket.read(12)) === "HTTP/1.1 200") return socket;
      socket.destroy();
    }
  }

  test("breaks off visibly when the database goes away in the middle, and says so when it was away before", async () => {
    for (const headers of [{}, { "accept-encoding": "identity" }]) {
      awayAt(2);
      await expect(get(path, { headers }).then((reply) => reply.text())).rejects.toThrow();
      awayAt(1);
      const refused = await get(path);
      expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "60"]);
      expect(await refused.text()).toContain("TEMPORARILY_UNAVAILABLE");
    }
  });

  test("leaves room for others, however many one caller asks for", async () => {
    const idle = await reading("2001:db8:5::1");
    const another = await get(path, { headers: { "x-forwarded-for": "2001:db8:5::2" } });
    expect(another.status).toBe(503);
    const other = await get(path);
    expect(other.status).toBe(200);
    await other.arrayBuffer();
    idle.destroy();
  });

  test("goes to few at once, and gives its connection back to the others when its reader goes", async () => {
    const idle = [await reading("2001:db8:1::1"), await reading("2001:db8:2::1")];
    const refused = await get(fresh(path));
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "60"]);
    for (const name of ["etag", "last-modified", "cache-control"]) expect(refused.headers.get(name)).toBeNull();
    for (const socket of idle) socket.destroy();
    let reply = await get(path);
    while (reply.status === 503) reply = await get(path);
    expect(((await reply.json()) as { features: object[] }).features).toHaveLength(2_500);
  });
});

test("costs the same number of statements however many events there are", async () => {
  const of = await a.campaign();
  const path = `/campaigns/${of.slug}/events.geojson`;
  const inOneTry = async (): Promise<number> => {
    const spy = jest.spyOn(Client.prototype, "query");
    await (await get(fresh(path))).text();
    // Who waits for changes, or has messages to send, looks for them all the time.
    const asked = spy.mock.calls.map(([query]) => JSON.stringify(query));
    const calls = asked.filter((text) => text.includes("SELECT") && !/change|webhook/.test(text)).length;
    spy.mockRestore();
    return calls;
  };
  // The fewest of some tries, for what else the server does now and then falls into one of them.
  const counted = async (): Promise<number> => {
    let fewest = Infinity;
    for (let n = 0; n < 5; n++) fewest = Math.min(fewest, await inOneTry());
    return fewest;
  };
  await a.event({ campaign: of });
  const one = await counted();
  for (let n = 0; n < 20; n++) await a.event({ campaign: of, host: await a.organization() });
  expect(await counted()).toBe(one);
});
