import { ApolloServer } from "@apollo/server";
import { type Asked, type HttpReply, overPost } from "../support/wire.js";
import { openWorld } from "../support/world.js";

const world = openWorld({ TRUST_PROXY: "1", RATE_ANONYMOUS: "120", RATE_SIGNED_IN: "240", LOG_LEVEL: "info" });
const { a, as, clock, lines, url } = world;
const query = `query Titles($id: ID!) { event(id: $id) { title } } query Ids($id: ID!) { event(id: $id) { id } }`;

let networks = 0;
/** A network that nobody else has. */
const somebody = () => ({ "x-forwarded-for": `2001:db8:0:${(++networks).toString(16)}::1` });
const apollo = jest.spyOn(ApolloServer.prototype, "executeHTTPGraphQLRequest");
/** The server has written past it, or time has passed. */
const forget = (): void => void (clock.now = new Date(clock.now.getTime() + 3_600_000));

async function asked(body: Asked, headers: object = {}): Promise<{ reply: HttpReply; byApollo: boolean }> {
  apollo.mockClear();
  const reply = await overPost(url(), body, { ...somebody(), ...headers });
  return { reply, byApollo: apollo.mock.calls.length > 0 };
}

/** Asks until the answer was there already: what is held is looked up again after two seconds, or when anything is written. */
async function again(body: Asked, headers: object = {}): Promise<HttpReply> {
  for (;;) {
    const { reply, byApollo } = await asked(body, headers);
    if (!byApollo) return reply;
  }
}

/** All that a client sees but what is of one call. */
const seen = ({ status, text, headers }: HttpReply): unknown => {
  const { "x-request-id": id, date, ...rest } = Object.fromEntries(headers);
  return { status, text, headers: rest, id: typeof id, date: typeof date };
};

let event: { id: string };
let body: { query: string; operationName: string; variables: { id: string } };
beforeAll(async () => {
  event = await a.event({ title: "Größe \u{1F4A1} one" });
  body = { query, operationName: "Titles", variables: event };
  await asked(body);
});
beforeEach(forget);

test.each([
  ["in plain JSON", {}],
  ["as a browser asks", { accept: "*/*", origin: "https://news.example" }],
  ["in GraphQL's own type", { accept: "application/graphql-response+json" }],
])("A repeated question has the answer that Apollo gave, with the same headers: %s", async (_how, headers) => {
  for (const operationName of ["Titles", "Ids"]) {
    const first = await asked({ ...body, operationName }, headers);
    expect([first.byApollo, first.reply.status]).toEqual([true, 200]);
    const second = await again({ ...body, operationName }, headers);
    expect(seen(second)).toEqual(seen(first.reply));
    expect(second.headers.get("x-request-id")).not.toBe(first.reply.headers.get("x-request-id"));
  }
});

test("The log tells of a repeated question as of any", async () => {
  const facts = () => lines.splice(0).map((line) => JSON.parse(line) as Record<string, unknown>);
  facts();
  const id = (await again(body)).headers.get("x-request-id");
  const told = facts().filter(({ msg }) => msg === "request");
  const last = told.at(-1)!;
  expect(last).toMatchObject({ requestId: id, operation: "query", name: "Titles", cost: 1, ms: expect.any(Number) });
  for (const fact of told) expect(Object.keys(fact)).toEqual(Object.keys(last));
  const metrics = await (await fetch(`${url()}/metrics`)).text();
  const count = Number(/rallygraph_operation_seconds_count\{operation="query",code="OK"\} (\d+)/.exec(metrics)![1]);
  await again(body);
  const after = await (await fetch(`${url()}/metrics`)).text();
  const counted = Number(/rallygraph_operation_seconds_count\{operation="query",code="OK"\} (\d+)/.exec(after)![1]);
  expect(counted).toBeGreaterThan(count);
});

test("A repeated question costs what it cost, until nothing is left, and is refused as any is", async () => {
  const me = somebody();
  for (let left = 109; left >= 0; left -= 11) {
    const { reply } = await asked(body, me);
    expect(reply.body).toMatchObject({ extensions: { cost: { requested: 11, limit: 120, remaining: left } } });
    expect(reply.headers.get("ratelimit")).toBe(`"anonymous";r=${left};t=${Math.ceil((120 - left) / 2)}`);
  }
  for (let n = 0; n < 3; n++) {
    const { reply, byApollo } = await asked(body, me);
    expect([byApollo, reply.status, reply.code, reply.headers.get("ratelimit")]).toEqual([
      true,
      429,
      "RATE_LIMITED",
      '"anonymous";r=10;t=55',
    ]);
  }
});

test("Whoever says who they are, or asks for anything else, is answered by Apollo", async () => {
  await again(body);
  const { token } = await a.person();
  for (const [other, headers] of [
    [body, { authorization: `Bearer ${token}` }],
    [{ ...body, variables: { id: "event_1" } }, {}],
    [{ ...body, operationName: "Neither" }, {}],
    [{ ...body, variables: [] }, {}],
    [{ ...body, extensions: "none" }, {}],
  ] as const)
    for (let n = 0; n < 3; n++) expect((await asked(other, headers)).byApollo).toBe(true);
  const mine = await asked(body, { authorization: `Bearer ${token}` });
  expect(mine.reply.headers.get("ratelimit-policy")).toBe('"signed-in";q=240;w=60');
});

test("A change is in the next answer to a repeated question", async () => {
  const campaign = await a.campaign();
  const staff = await a.staff(campaign);
  const { id } = await a.event({ campaign });
  for (let version = 1; version <= 5; version++) {
    const title = `Version ${version}`;
    await again({ ...body, variables: { id } });
    expect((await as(staff).call("editEvent", { eventId: id, version, title })).code).toBe("OK");
    expect((await asked({ ...body, variables: { id } })).reply.data).toEqual({ event: { title } });
  }
});
