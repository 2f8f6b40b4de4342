import { overGet, overPost, Wire } from "../support/wire.js";
import { type Hostile, hostile, introspections, phone } from "../support/hostile/index.js";
import { openWorld } from "../support/world.js";

// The relay and the workers ask the database now and then by themselves: not while statements are counted.
const quiet = { CHANGE_POLL_MS: "60000", JOBS: "false" };

/** Sends a document over each transport; gives the verdicts, and how many statements reached the database. */
async function verdicts(
  { server, url }: ReturnType<typeof openWorld>,
  wire: Wire,
  { query, variables, operationName }: Hostile,
) {
  const { pool } = server().services;
  // Statements outside of transactions take a connection as well.
  const connect = jest.spyOn(pool, "connect");
  const asked = { query, ...(variables ? { variables } : {}), ...(operationName ? { operationName } : {}) };
  const replies = [await overPost(url(), asked), await overGet(url(), asked), await wire.ask(asked)];
  const statements = connect.mock.calls.length;
  connect.mockRestore();
  return {
    statements,
    told: replies.map(({ code, reason }) => ({ code, reason })),
    bodies: JSON.stringify(replies.map(({ body }) => body)),
  };
}

describe("A hostile request is refused alike over POST, GET and WebSocket, before the database hears of it:", () => {
  const world = openWorld(quiet);
  let wire: Wire;
  beforeAll(async () => {
    wire = await Wire.ready(world.url());
  });
  afterAll(() => wire.close());

  test("a harmless one is executed, where it may be, and the database hears of it, as the control", async () => {
    const { told, statements } = await verdicts(world, wire, {
      name: "",
      query: `{ campaigns { nodes { id } } }`,
      code: "OK",
    });
    expect(told.map(({ code }) => code)).toEqual(["OK", "OK", "OPERATION_NOT_ALLOWED_HERE"]);
    // What nobody in particular asks by POST is still known when it is asked by GET.
    expect(statements).toBe(1);
  });

  test("each of them fits into a URL, so that GET is asked as well", () => {
    const lengths = hostile.map(
      ({ query, variables }) =>
        new URLSearchParams({ query, variables: JSON.stringify(variables ?? {}) }).toString().length,
    );
    expect(Math.max(...lengths)).toBeLessThan(16 * 1024);
  });

  test.each(hostile.map((one) => [one.name, one] as const))("%s", async (_name, one) => {
    const { told, statements, bodies } = await verdicts(world, wire, one);
    const verdict = { code: one.code, reason: one.reason };
    expect(told).toEqual([verdict, verdict, verdict]);
    expect(statements).toBe(0);
    expect(bodies).not.toContain(phone);
  });
});

describe("Where introspection is switched off, it is refused alike over POST, GET and WebSocket:", () => {
  const world = openWorld({ ...quiet, INTROSPECTION: "false" });
  let wire: Wire;
  beforeAll(async () => {
    wire = await Wire.ready(world.url());
  });
  afterAll(() => wire.close());

  test.each(introspections.map((one) => [one.name, one] as const))("%s", async (_name, one) => {
    const { told, statements } = await verdicts(world, wire, one);
    const verdict = { code: one.code, reason: undefined };
    expect(told).toEqual([verdict, verdict, verdict]);
    expect(statements).toBe(0);
  });
});
