import { Agent, type IncomingHttpHeaders, request } from "node:http";
import { buffer } from "node:stream/consumers";
import { Answers } from "../../src/platform/http/answers.js";
import { passing } from "../support/statements.js";
import { openWorld } from "../support/world.js";

const world = openWorld({ TRUST_PROXY: "1", RATE_ANONYMOUS: "120", RATE_SIGNED_IN: "240" });
const { a, as, another, clock, url } = world;
const price = 5;
const path = "/tiles/0/0/0.mvt";

interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

const agent = new Agent({ keepAlive: true });
const ask = (path: string, headers: Record<string, string> = {}, at = url()): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const asking = request(at + path, { headers, agent }, (response) => {
      const { statusCode, headers: given } = response;
      buffer(response).then((body) => resolve({ status: statusCode!, headers: given, body }), reject);
    });
    asking.on("error", reject).end();
  });

let networks = 0;
/** A network that nobody else has. */
const somebody = () => ({ "x-forwarded-for": `2001:db8:0:${(++networks).toString(16)}::1` });
/** A text that comes with a question is for the routes, also one of no length. */
const atARoute = (path: string, headers: object = {}) =>
  ask(path, { ...somebody(), ...headers, "content-length": "0" });

/** Asks until no route was needed: four times a second one looks whether anything has changed. */
async function atTheDoor(path: string, headers: object = {}, at = url()): Promise<Reply> {
  const route = jest.spyOn(Answers.prototype, "reply");
  for (;;) {
    route.mockClear();
    const reply = await ask(path, { ...somebody(), ...headers }, at);
    if (route.mock.calls.length > 0) continue;
    route.mockRestore();
    return reply;
  }
}

let campaign: { id: string; slug: string };
let event: { id: string };
beforeAll(async () => {
  campaign = await a.campaign();
  event = await a.event({ campaign, title: "Rally", description: "x".repeat(2_000) });
});

type Before = Awaited<ReturnType<typeof before>>;
/** What a route says of an answer that it has given for a while. */
async function before(address: string): Promise<{ tag: string; modified: string }> {
  for (;;) {
    const { etag, "last-modified": modified } = (await atARoute(address)).headers;
    if (modified !== undefined) return { tag: etag!, modified };
    clock.now = new Date(clock.now.getTime() + 10_000);
  }
}

describe("An answer at the door is that of the route, with the same headers", () => {
  const addresses = () => [
    path,
    `${path}?type=RALLY`,
    "/events.geojson?limit=1",
    "/events.ics",
    "/events.atom",
    "/events.csv",
    `/events/${event.id}.jsonld`,
  ];
  test.each([
    ["as it is", () => ({}), 200],
    ["compressed by gzip", () => ({ "accept-encoding": "gzip" }), 200],
    ["compressed by brotli", () => ({ "accept-encoding": "gzip, br" }), 200],
    ["to another page", () => ({ origin: "https://news.example" }), 200],
    [
      "to who has another one",
      ({ modified }: Before) => ({ "if-none-match": '"x"', "if-modified-since": modified }),
      200,
    ],
    ["to who has it by its tag", ({ tag }: Before) => ({ "if-none-match": `"x", ${tag}` }), 304],
    ["to who has it by its time", ({ modified }: Before) => ({ "if-modified-since": modified }), 304],
  ])("%s", async (_how, headers, status) => {
    for (const address of addresses()) {
      const asking = headers(await before(address));
      const [route, door] = [await atARoute(address, asking), await atTheDoor(address, asking)];
      const ids = [route, door].map(({ headers }) => headers["x-request-id"]);
      expect([new Set(ids).size, ...ids]).toEqual([2, expect.any(String), expect.any(String)]);
      for (const reply of [route, door]) for (const name of ["x-request-id", "date"]) delete reply.headers[name];
      expect([address, door]).toEqual([address, { ...route, status }]);
    }
  });
});

test("is another one as soon as a route shows a change", async () => {
  const staff = await a.staff(campaign);
  const { etag } = (await atTheDoor(path)).headers;
  expect((await as(staff).call("editEvent", { eventId: event.id, version: 1, title: "Another" })).code).toBe("OK");
  let reply: Reply;
  do reply = await ask(path, somebody());
  while (reply.headers["etag"] === etag);
  expect(reply.body.toString("latin1")).toContain("Another");
  expect((await atTheDoor(path)).body).toEqual(reply.body);
});

test("shows no tile of before a change while what has changed is read", async () => {
  const staff = await a.staff(campaign);
  await atTheDoor("/tiles/1/0/0.mvt");
  const { version } = (await as(staff).run("query($id: ID!) { event(id: $id) { version } }", { id: event.id })).data
    .event;
  let reading!: () => void, goOn!: () => void;
  const isReading = new Promise<void>((resolve) => (reading = resolve));
  const isOver = new Promise<void>((resolve) => (goOn = resolve));
  const spy = passing((text, run) => {
    if (!text.includes("public_longitude AS longitude")) return run();
    reading();
    return isOver.then(() => run());
  });
  expect((await as(staff).call("editEvent", { eventId: event.id, version, title: "Read late" })).code).toBe("OK");
  let first: Promise<Reply>;
  do first = ask("/tiles/1/0/0.mvt", somebody());
  while (await Promise.race([isReading.then(() => false), first.then(() => true)]));
  const others = ["0/0/0", "2/0/1", "3/1/2"].map((tile) => ask(`/tiles/${tile}.mvt`, somebody()));
  await ask("/livez");
  spy.mockRestore();
  goOn();
  for (const { status, body } of await Promise.all([first, ...others]))
    expect([status, body.toString("latin1")]).toEqual([200, expect.stringContaining("Read late")]);
});

describe("Whoever asks at the door", () => {
  test("pays what the route takes, by network, until nothing is left; and who is refused pays nothing", async () => {
    const me = somebody();
    const [first] = me["x-forwarded-for"].split("::");
    for (let left = 120 - price; left >= 0; left -= price) {
      const reply = await ask(path, { "x-forwarded-for": `${first}::${left.toString(16)}` });
      const t = Math.ceil((120 - left) / 2);
      expect([reply.status, reply.headers["ratelimit"]]).toEqual([200, `"anonymous";r=${left};t=${t}`]);
    }
    for (let n = 0; n < 3; n++) {
      const reply = await ask(path, me);
      expect([reply.status, reply.headers["ratelimit"]]).toEqual([429, '"anonymous";r=0;t=60']);
      expect(reply.headers["retry-after"]).toBe("3");
    }
    expect((await ask(path, { "x-forwarded-for": `${first}::1, 203.0.113.7` })).status).toBe(200);
  });

  test("and says who they are, has their own bucket, or is refused", async () => {
    await atTheDoor(path);
    const { token } = await a.person();
    const mine = await ask(path, { authorization: `Bearer ${token}` });
    expect([mine.status, mine.headers["ratelimit"]]).toEqual([200, '"signed-in";r=235;t=2']);
    expect((await ask(path, { authorization: `Bearer ${"x".repeat(43)}` })).status).toBe(401);
  });

  test("while the server stops is told to come to another one", async () => {
    const server = await another();
    await ask(path, somebody(), server.url);
    expect((await atTheDoor(path, {}, server.url)).headers["connection"]).toBe("keep-alive");
    const stopped = server.stop({ lameDuckMs: 1_500 });
    expect((await atTheDoor(path, {}, server.url)).headers["connection"]).toBe("close");
    await stopped;
  });
});
