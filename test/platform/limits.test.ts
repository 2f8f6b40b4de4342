import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { getIntrospectionQuery, Kind, parse, visit } from "graphql";
import { useServer } from "graphql-ws/use/ws";
import { WebSocket, WebSocketServer } from "ws";
import { theSchema } from "../../src/app/schema.js";
import { newContext } from "../../src/platform/context.js";
import { overGet, overPost, Wire } from "../support/wire.js";
import { openWorld } from "../support/world.js";

const world = openWorld({ ALLOWED_ORIGINS: "https://map.example, https://wall.example" });
const { a, as, server, url } = world;

const onEvent = `subscription ($id: ID!) { eventChanged(campaignId: $id) { kind event { title } } }`;

describe("A transport refuses what is not its own:", () => {
  test("a query over WebSocket", async () => {
    const wire = await Wire.ready(url());
    expect(await wire.ask({ query: `{ position }` })).toMatchObject({ code: "OPERATION_NOT_ALLOWED_HERE" });
    await wire.close();
  });

  test("a mutation over WebSocket, which then has not happened", async () => {
    const event = await a.event();
    const coordinator = await a.coordinator(event);
    const wire = await Wire.ready(url(), { token: coordinator.token });
    const query = `mutation { signOut { signedOut } }`;
    expect(await wire.ask({ query })).toMatchObject({ code: "OPERATION_NOT_ALLOWED_HERE" });
    expect(await as(coordinator).run(`{ viewer { email } }`)).toMatchObject({ code: "OK" });
    await wire.close();
  });

  test("a subscription over POST and GET", async () => {
    const asked = { query: onEvent, variables: { id: "x" } };
    const refused = { code: "OPERATION_NOT_ALLOWED_HERE", status: 400 };
    expect(await overPost(url(), asked)).toMatchObject(refused);
    expect(await overGet(url(), asked)).toMatchObject(refused);
  });

  test("a mutation over GET, saying what is allowed; it then has not happened", async () => {
    const person = await a.person();
    const authorization = `Bearer ${person.token}`;
    const reply = await overGet(url(), { query: `mutation { signOut { signedOut } }` }, { authorization });
    expect(reply).toMatchObject({ code: "OPERATION_NOT_ALLOWED_HERE", status: 405 });
    expect(reply.headers.get("allow")).toBe("POST");
    expect(await as(person).run(`{ viewer { email } }`)).toMatchObject({ code: "OK" });
  });

  test("a document of 5,000 aliased mutations that is too long for a URL: GET by its length, the others by its tokens", async () => {
    const aliased = Array.from({ length: 5_000 }, (_, n) => `a${n}:signOut`).join();
    const asked = { query: `mutation{${aliased}}` };
    const verdict = { code: "QUERY_TOO_LARGE", reason: "TOO_MANY_TOKENS" };
    expect(await overPost(url(), asked)).toMatchObject(verdict);
    expect(await overGet(url(), asked)).toMatchObject({ code: "HTTP_431" });
    const wire = await Wire.ready(url());
    expect(await wire.ask({ query: asked.query.slice(0, 50_000) })).toMatchObject(verdict);
    await wire.close();
  });

  test("a body of more than 256 KiB", async () => {
    const reply = await overPost(url(), { query: `{ position } #${"x".repeat(256 * 1024)}` });
    expect(reply).toMatchObject({ code: "BAD_REQUEST", status: 413 });
  });
});

describe("A subscription is admitted however it is written:", () => {
  test.each([
    [
      "in a fragment",
      `subscription ($id: ID!) { ...F } fragment F on Subscription { now: eventChanged(campaignId: $id) { event { title } } }`,
    ],
    [
      "in an inline fragment",
      `subscription ($id: ID!) { ... on Subscription { now: eventChanged(campaignId: $id) { event { title } } } }`,
    ],
    [
      "in two parts",
      `subscription ($id: ID!) { now: eventChanged(campaignId: $id) { kind } now: eventChanged(campaignId: $id) { event { title } } }`,
    ],
  ])("%s", async (_how, query) => {
    const campaign = await a.campaign();
    const event = await a.event({ campaign, review: "IN_REVIEW" as never });
    const listening = await as().listen(query, { id: campaign.id });
    await as(await a.staff(campaign)).approveEvent(event.id);
    expect(await listening.until(() => true)).toMatchObject({ event: { title: expect.any(String) } });
    await listening.stop();
  });
});

const init = { type: "connection_init" };
const subscribe = { id: "1", type: "subscribe", payload: { query: `subscription { __typename }` } };
const ours = "graphql-transport-ws";

/** The code that a socket is closed with after these messages. */
async function closedBy(...messages: object[]): Promise<number> {
  const wire = await Wire.open(url());
  messages.forEach((message) => wire.send(message));
  return (await wire.closed).code;
}

/** The HTTP status of a socket that is asked for; 101 when it is opened. */
async function upgrade(protocols: string[], origin?: string, path = "/graphql"): Promise<number> {
  const socket = new WebSocket(`${url().replace("http", "ws")}${path}`, protocols, origin ? { origin } : {});
  socket.on("error", () => undefined);
  const refused = once(socket, "unexpected-response").then(([, response]) => (response as IncomingMessage).statusCode!);
  const status = await Promise.race([refused, once(socket, "open").then(() => 101)]);
  socket.terminate();
  return status;
}

describe("A socket is closed, or not opened, with the code that says why:", () => {
  test("4401 for a subscription before connection_init", async () => {
    expect(await closedBy(subscribe)).toBe(4401);
  });
  test("4429 for a second connection_init", async () => {
    expect(await closedBy(init, init)).toBe(4429);
  });
  test("4403 for a token that is wrong, or no text at all", async () => {
    expect(await closedBy({ ...init, payload: { token: "x".repeat(43) } })).toBe(4403);
    expect(await closedBy({ ...init, payload: { token: { $ne: null } } })).toBe(4403);
    expect(await closedBy({ ...init, payload: { token: "" } })).toBe(4403);
  });
  test("4400 for a message that is none: no JSON, an unknown type, a query that is no text", async () => {
    const wire = await Wire.open(url());
    wire.socket.send("{");
    expect((await wire.closed).code).toBe(4400);
    expect(await closedBy({ type: "start" })).toBe(4400);
    expect(await closedBy(init, { ...subscribe, payload: { query: 7 } })).toBe(4400);
    expect(await closedBy(init, { ...subscribe, payload: { query: "{ position }", variables: [] } })).toBe(4400);
  });
  test("4409 for a second subscription of one id", async () => {
    const live = { ...subscribe, payload: { query: onEvent, variables: { id: (await a.campaign()).id } } };
    const wire = await Wire.ready(url());
    wire.send(live);
    wire.send(live);
    expect((await wire.closed).code).toBe(4409);
  });
  test("1009 for a message of more than 64 KiB", async () => {
    const wire = await Wire.ready(url());
    wire.socket.send(JSON.stringify({ ...subscribe, payload: { query: `#${"x".repeat(64 * 1024)}` } }));
    expect((await wire.closed).code).toBe(1009);
  });

  test("400 for the subprotocol of subscriptions-transport-ws, and for none", async () => {
    expect(await upgrade(["graphql-ws"])).toBe(400);
    expect(await upgrade([])).toBe(400);
  });
  test("403 for a page of another origin; those on the list, and clients that are no pages, are let in", async () => {
    expect(await upgrade([ours], "https://evil.example")).toBe(403);
    expect(await upgrade([ours], "https://map.example.evil.example")).toBe(403);
    expect(await upgrade([ours], "null")).toBe(403);
    expect(await upgrade([ours], "https://wall.example")).toBe(101);
    expect(await upgrade([ours])).toBe(101);
  });
  test("404 anywhere else", async () => {
    expect(await upgrade([ours], undefined, "/graphql/..")).toBe(404);
  });
});

test("A socket takes 50 subscriptions at a time, also when all are asked for at once", async () => {
  const wire = await Wire.ready(url());
  const asked = { query: onEvent, variables: { id: (await a.campaign()).id } };
  const ask = (id: string): void => wire.send({ id, type: "subscribe", payload: asked });
  // In one packet: the server reads them in one turn.
  const { _socket: socket } = wire.socket as unknown as { _socket: Socket };
  socket.cork();
  for (let n = 0; n < 60; n++) ask(`at once ${n}`);
  socket.uncork();
  const extensions = { code: "RATE_LIMITED", reason: "TOO_MANY_SUBSCRIPTIONS" };
  const refused = await wire.next(({ id }) => id === "at once 59");
  expect(refused.payload).toEqual([expect.objectContaining({ extensions: expect.objectContaining(extensions) })]);
  expect(server().hub.readers).toBe(50);
  wire.send({ id: "at once 0", type: "complete" });
  ask("one more");
  ask("one too many");
  await wire.next(({ id }) => id === "one too many");
  expect(server().hub.readers).toBe(50);
  await wire.close();
});

test("The introspection that tools send, and a large but honest query, are admitted", async () => {
  const everything = { descriptions: true, specifiedByUrl: true, inputValueDeprecation: true, oneOf: true };
  expect(await as().run(getIntrospectionQuery(everything))).toMatchObject({ code: "OK" });
  const honest = `query ($n: Int = 100) { events(first: $n) { edges { cursor node { id title startsAt city { name } campaign { title }
    location { venue } turnout { low high } hosts { organization { name } } shifts(first: 5) { totalCount nodes { id taken } } } }
    pageInfo { hasNextPage endCursor } } }`;
  expect(await as().run(honest)).toMatchObject({ code: "OK" });
});

const anonymous = () => newContext(server().services, { viewer: null, requestId: "control", address: "" });

/** The largest page that a document asks for, as a limit sees it that knows no variables. */
function largestLiteral(query: string): number {
  let largest = 0;
  visit(parse(query), {
    Argument: ({ name, value }) => {
      if (name.value === "first" && value.kind === Kind.INT) largest = Math.max(largest, Number(value.value));
    },
  });
  return largest;
}

describe("As the controls,", () => {
  let stock: Server;
  let stockUrl: string;
  let stop: () => void | Promise<void>;
  beforeAll(async () => {
    stock = createServer();
    const wss = new WebSocketServer({ server: stock, path: "/graphql" });
    const { dispose } = useServer({ schema: theSchema(), context: anonymous }, wss);
    stop = dispose;
    await once(stock.listen(0, "127.0.0.1"), "listening");
    stockUrl = `http://127.0.0.1:${(stock.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await stop();
    stock.close();
  });

  test.each([
    ["2,000 aliases", `{ ${Array.from({ length: 2_000 }, (_, n) => `a${n}: position`).join(" ")} }`],
    [
      "2,000 mutations",
      `mutation { ${Array.from({ length: 2_000 }, (_, n) => `a${n}: signOut { signedOut }`).join(" ")} }`,
    ],
    ["introspection 60 levels deep", `{ __type(name: "Query") { ${"ofType { ".repeat(60)} name ${"}".repeat(60)} } }`],
  ])("stock graphql-ws executes %s, which we refuse", async (_what, query) => {
    const [theirs, own] = [await Wire.ready(stockUrl), await Wire.ready(url())];
    // Executed: the answer has data, or errors with the paths of resolvers.
    const { body } = await theirs.ask({ query });
    expect(body.data ?? body.errors?.[0]?.path).toBeTruthy();
    const { code, body: refused } = await own.ask({ query });
    expect(code).toBe("QUERY_TOO_LARGE");
    expect(refused.errors?.[0]?.path).toBeUndefined();
    await Promise.all([theirs.close(), own.close()]);
  });

  test("a limit that reads literals alone, as graphql-armor's does, lets a variable pass that we refuse", async () => {
    const [literal, variable] = [
      `{ events(first: 1000) { nodes { id } } }`,
      `query ($n: Int) { events(first: $n) { nodes { id } } }`,
    ];
    expect(largestLiteral(literal)).toBe(1_000);
    expect(largestLiteral(variable)).toBe(0);
    const refused = { code: "BAD_USER_INPUT", reason: "PAGE_SIZE" };
    expect(await as().run(literal)).toMatchObject(refused);
    expect(await as().run(variable, { n: 1_000 })).toMatchObject(refused);
  });
});
