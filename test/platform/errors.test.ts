import { validateSync } from "class-validator";
import { getOperationAST, GraphQLError, type GraphQLObjectType, parse } from "graphql";
import { getVariableValues } from "graphql/execution/values.js";
import { ArgumentValidationError } from "type-graphql";
import { theSchema } from "../../src/app/schema.js";
import { RequestSignInCodeInput } from "../../src/features/people/person.inputs.js";
import { phone } from "../support/hostile/index.js";
import { answer, type HttpReply, overGet, overPost, Wire } from "../support/wire.js";
import type { Reply } from "../support/client.js";
import { canary, number, repeated, waysToAsk, wrongVersions } from "../support/wrong.js";
import { openWorld } from "../support/world.js";

const { a, as, server, url } = openWorld();

/** Somebody who may do nearly everything, and ids of things to do it with. */
async function somebody() {
  const campaign = await a.campaign();
  const event = await a.event({ campaign });
  const known = {
    campaignId: campaign.id,
    cityId: (await a.city()).globalId,
    organizationId: (await a.organization()).id,
    eventId: event.id,
    shiftId: await a.shift({ event }),
    id: event.id,
    ids: [event.id],
    email: "somebody@rallygraph.example",
    code: "000000",
    startsAt: "2026-01-23T12:00",
    endsAt: "2026-01-23T13:00",
    idempotencyKey: "00000000-0000-0000",
  };
  return { known, authorization: `Bearer ${(await a.staff(campaign)).token}` };
}

const told = (reply: Reply): string => JSON.stringify(reply.body.errors ?? []);

/** What every error has, and none may have. */
function expectProper(reply: HttpReply): void {
  expect(told(reply)).not.toMatch(repeated);
  expect(reply.code).not.toBe("INTERNAL_SERVER_ERROR");
  for (const { extensions } of reply.body.errors ?? []) {
    expect(extensions["requestId"]).toBe(reply.headers.get("x-request-id"));
    if (extensions["code"] === "BAD_USER_INPUT")
      expect(extensions["fields"]).toEqual([
        { path: expect.stringMatching(/^\w+(\.\w+)*$/), reason: expect.stringMatching(/\w+ \w+/) },
        ...(extensions["fields"] as unknown[]).slice(1),
      ]);
  }
}

const { mutation, query, subscription } = theSchema().toConfig();
const fieldsOf = (type: GraphQLObjectType | null | undefined) =>
  Object.values(type!.getFields()).filter((field) => field.args.length > 0);

describe("No error repeats what was sent, whatever is wrong with", () => {
  test.each([
    ...fieldsOf(mutation).map((field) => ["mutation", field.name, field] as const),
    ...fieldsOf(query).map((field) => ["query", field.name, field] as const),
  ])("the %s %s", async (operation, _name, field) => {
    const { known, authorization } = await somebody();
    let refused = 0;
    for (const given of wrongVersions(field.args, known)) {
      const asked = waysToAsk(operation, field, given);
      for (const reply of await Promise.all(asked.map((one) => overPost(url(), one, { authorization })))) {
        expectProper(reply);
        if (reply.body.errors) refused++;
      }
    }
    expect(refused).toBeGreaterThan(5);
  });

  test.each(fieldsOf(subscription).map((field) => [field.name, field] as const))(
    "the subscription %s",
    async (_name, field) => {
      const wire = await Wire.ready(url());
      for (const given of wrongVersions(field.args, (await somebody()).known))
        for (const asked of waysToAsk("subscription", field, given)) {
          const reply = await wire.ask(asked);
          // Some are for those who are signed in only, whatever else is wrong.
          expect(reply.code).toMatch(
            /^(BAD_USER_INPUT|GRAPHQL_VALIDATION_FAILED|GRAPHQL_PARSE_FAILED|UNAUTHENTICATED)$/,
          );
          expect(told(reply)).not.toMatch(repeated);
        }
      await wire.close();
    },
  );
});

test("An input's error names the field, and what would be right", async () => {
  const { known, authorization } = await somebody();
  const query = `mutation ($input: DraftEventInput!) { draftEvent(input: $input) { event { id } } }`;
  const faults = async (input: object) =>
    (await overPost(url(), { query, variables: { input } }, { authorization })).fields;
  const right = { campaignId: known.campaignId, cityId: known.cityId, type: "RALLY", title: "A rally" };
  expect(await faults({ ...right, title: "A" })).toEqual([
    { path: "input.title", reason: expect.stringContaining("3 to 120 characters") },
  ]);
  expect(await faults({ ...right, title: 7, startsAt: "noon", visibility: "SECRET", latitude: "north" })).toEqual([
    { path: "input.latitude", reason: "must be a number" },
    { path: "input.startsAt", reason: expect.stringContaining("such as 2026-01-23T14:00") },
    { path: "input.visibility", reason: "must be one of PUBLIC, UNLISTED, PRIVATE" },
    { path: "input.title", reason: "must be a text" },
  ]);
  expect(await faults({ ...right, title: undefined, addressLines: ["1 Main St", 2] })).toEqual([
    { path: "input.addressLines.1", reason: "must be a text" },
    { path: "input.title", reason: "is required: String!" },
  ]);
  expect(await faults({ ...right, title: null, phone })).toEqual([
    { path: "input.title", reason: "must not be null" },
    { path: "input", reason: expect.stringContaining("holds a field that DraftEventInput does not define; it has ") },
  ]);
});

test("An error names a value by where it is used, whatever the variable that brings it is called", async () => {
  const { known, authorization } = await somebody();
  const ask = async (query: string, variables: object) =>
    (await overPost(url(), { query, variables }, { authorization })).fields.map(({ path }) => path);
  const right = { campaignId: known.campaignId, cityId: known.cityId, type: "RALLY", title: "A rally" };
  expect(
    await ask(`mutation ($i: DraftEventInput!) { draftEvent(input: $i) { event { id } } }`, {
      i: { ...right, startsOn: "soon" },
    }),
  ).toEqual(["input.startsOn"]);
  expect(await ask(`mutation ($e: ID!) { submitEvent(input: { eventId: $e }) { event { id } } }`, { e: 7.5 })).toEqual([
    "input.eventId",
  ]);
  expect(
    await ask(`query ($n: Int) { ...F } fragment F on Query { events(first: $n) { nodes { id } } }`, { n: "many" }),
  ).toEqual(["first"]);
});

describe("What is unexpected is masked, and found again by its requestId:", () => {
  const secret = `column "email_sealed" of relation "people" does not exist`;
  const broken = (): Error => Object.assign(new Error(secret), { code: "42703", query: `SELECT '${phone}'` });
  const inside = /email_sealed|SELECT|people|node_modules|\.[jt]s:|ECONN|5432/;
  afterEach(() => jest.restoreAllMocks());

  const expectMasked = (reply: HttpReply, code: string): void => {
    expect(reply.code).toBe(code);
    expect(reply.text).not.toMatch(inside);
    expect(reply.text).not.toContain(phone);
    const [error] = reply.body.errors!;
    expect(error!.extensions["requestId"]).toBe(reply.headers.get("x-request-id"));
    expect(error!.extensions["requestId"]).toMatch(/^[0-9a-f-]{36}$/);
  };

  test("in a query, which the log tells of", async () => {
    const told = jest.spyOn(server().services.log, "error");
    jest.spyOn(server().services.pool, "query").mockRejectedValue(broken() as never);
    const reply = await overPost(url(), { query: `{ campaigns { nodes { id } } }` });
    expectMasked(reply, "INTERNAL_SERVER_ERROR");
    const requestId = reply.headers.get("x-request-id");
    expect(told).toHaveBeenCalledWith(expect.objectContaining({ requestId, path: ["campaigns"] }), "unexpected error");
    expectMasked(await overGet(url(), { query: `{ node(id: "${await eventId}") { id } }` }), "INTERNAL_SERVER_ERROR");
  });

  test("in a mutation's transaction", async () => {
    const { known, authorization } = await somebody();
    const connect = jest.spyOn(server().services.pool, "connect");
    connect.mockImplementation((done) => done(broken(), undefined, () => undefined));
    const query = `mutation ($shiftId: ID!) { claimShift(input: { shiftId: $shiftId }) { __typename } }`;
    const reply = await overPost(url(), { query, variables: { shiftId: known.shiftId } }, { authorization });
    expect(connect).toHaveBeenCalled();
    expectMasked(reply, "INTERNAL_SERVER_ERROR");
  });

  test("while the viewer is looked up, which answers 500", async () => {
    const { authorization } = await somebody();
    jest.spyOn(server().services.pool, "query").mockRejectedValue(broken() as never);
    const reply = await overPost(url(), { query: `{ position }` }, { authorization });
    expectMasked(reply, "INTERNAL_SERVER_ERROR");
    expect(reply.status).toBe(500);
  });

  test("a database that is away, which is said, without where it is", async () => {
    const { authorization } = await somebody();
    const away = Object.assign(new Error("connect ECONNREFUSED 10.0.0.5:5432"), { code: "ECONNREFUSED" });
    jest.spyOn(server().services.pool, "query").mockRejectedValue(away as never);
    const reply = await overPost(url(), { query: `{ position }` }, { authorization });
    expectMasked(reply, "TEMPORARILY_UNAVAILABLE");
    expect(reply.status).toBe(503);
    expect(reply.body.errors![0]!.extensions["retryable"]).toBe(true);
  });

  test("in a subscription's message", async () => {
    const campaign = await a.campaign();
    const event = await a.event({ campaign, review: "IN_REVIEW" as never });
    const listening = await as().listen(
      `subscription ($id: ID!) { eventChanged(campaignId: $id) { kind event { id } } }`,
      { id: campaign.id },
    );
    const { pool } = server().services;
    const query = pool.query.bind(pool) as (...given: unknown[]) => unknown;
    jest.spyOn(pool, "query").mockImplementation((...given: unknown[]) => {
      if (JSON.stringify(given[0]).includes("row_to_json")) throw broken();
      return query(...given);
    });
    const approve = `mutation ($eventId: ID!) { approveEvent(input: { eventId: $eventId }) { __typename } }`;
    expect(await as(await a.staff(campaign)).run(approve, { eventId: event.id })).toMatchObject({ code: "OK" });
    const { errors } = await listening.until(() => true);
    expect(JSON.stringify(errors)).not.toMatch(inside);
    expect(errors[0].extensions).toEqual({
      code: "INTERNAL_SERVER_ERROR",
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    await listening.stop();
  });

  test("while a subscription begins, which closes the socket", async () => {
    const wire = await Wire.ready(url());
    jest.spyOn(server().hub, "join").mockImplementation(() => {
      throw broken();
    });
    const query = `subscription ($id: ID!) { eventChanged(campaignId: $id) { kind } }`;
    wire.send({ id: "1", type: "subscribe", payload: { query, variables: { id: (await a.campaign()).id } } });
    expect(await wire.closed).toEqual({ code: 4500, reason: "Internal server error" });
  });

  let eventId: Promise<string>;
  beforeAll(() => {
    eventId = a.event().then(({ id }) => id);
    return eventId;
  });
});

async function send(init: RequestInit, search = ""): Promise<HttpReply> {
  const response = await fetch(`${url()}/graphql${search}`, init);
  return answer({
    status: response.status,
    headers: Object.fromEntries(response.headers),
    text: await response.text(),
  });
}

const post = (body: string, contentType = "application/json"): Promise<HttpReply> =>
  send({ method: "POST", headers: { "content-type": contentType }, body });

describe("A request that is malformed is refused in the form of every other error:", () => {
  test.each([
    ["no JSON", 400, () => post(`{ "phone": "${phone}`)],
    ["no body", 400, () => post("")],
    ["a text that is JSON", 400, () => post(`"${phone}"`)],
    ["a list of requests", 400, () => post(`[{ "query": "{ position }" }]`)],
    ["no query", 400, () => post(`{ "phone": "${phone}" }`)],
    ["a query that is no text", 400, () => post(`{ "query": { "phone": "${phone}" } }`)],
    ["variables that are a text", 400, () => post(`{ "query": "{ position }", "variables": "${phone}" }`)],
    ["variables that are a list", 400, () => post(`{ "query": "{ position }", "variables": ["${phone}"] }`)],
    ["a name of an operation that is no text", 400, () => post(`{ "query": "{ position }", "operationName": 7 }`)],
    [
      "a hash of a query alone",
      400,
      () => post(`{ "extensions": { "persistedQuery": { "version": 1, "sha256Hash": "x" } } }`),
    ],
    ["plain text, as a form of another site can send it", 400, () => post(`{ "query": "{ position }" }`, "text/plain")],
    ["a form", 415, () => post(`query=${phone}`, "application/x-www-form-urlencoded")],
    ["a type that does not exist", 415, () => post("{}", phone)],
    ["a query given twice in a URL", 400, () => send({}, `?query={position}&query={viewer{email}}`)],
    ["variables in a URL that are no JSON", 400, () => send({}, `?query={position}&variables=${phone}`)],
    ["nothing in a URL", 400, () => send({})],
  ])("%s", async (_what, status, asked) => {
    const reply = await asked();
    expect(reply).toMatchObject({ code: "BAD_REQUEST", status });
    expect(reply.text).not.toContain(phone);
    expect(reply.body.errors![0]!.extensions["requestId"]).toBe(reply.headers.get("x-request-id"));
  });

  test("a browser that asks for a page gets no page of Apollo's", async () => {
    const response = await fetch(`${url()}/graphql`, { headers: { accept: "text/html" } });
    expect(response.headers.get("content-type")).toContain("application/json");
  });

  test("a token that is wrong, which is said before anything is executed", async () => {
    const reply = await overPost(url(), { query: `{ position }` }, { authorization: `Bearer ${"x".repeat(43)}` });
    expect(reply).toMatchObject({ code: "UNAUTHENTICATED", reason: "TOKEN_INVALID", status: 401, data: undefined });
  });
});

describe("As the controls,", () => {
  test("class-validator and type-graphql repeat a whole input by default", async () => {
    const input = Object.assign(new RequestSignInCodeInput(), { email: phone });
    const error = new GraphQLError("refused", { originalError: new ArgumentValidationError(validateSync(input)) });
    expect(JSON.stringify(error)).toContain(phone);
    const query = `mutation ($email: String!) { requestSignInCode(input: { email: $email }) { __typename } }`;
    const reply = await overPost(url(), { query, variables: { email: phone } });
    expect(reply).toMatchObject({ code: "BAD_USER_INPUT", fields: [{ path: "input.email" }] });
    expect(reply.text).not.toContain(phone);
  });

  test("graphql-js repeats a variable, and a literal", async () => {
    const query = `query ($n: Int) { events(first: $n) { nodes { id } } }`;
    const operation = getOperationAST(parse(query));
    const { errors } = getVariableValues(theSchema(), operation?.variableDefinitions ?? [], { n: canary });
    expect(String(errors)).toMatch(repeated);
    expectProper(await overPost(url(), { query, variables: { n: canary } }));
    expectProper(await overPost(url(), { query: `{ events(first: ${number}) { nodes { id } } }` }));
  });
});
