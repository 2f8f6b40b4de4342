import { openWorld } from "../support/world.js";

const { a, as, clock } = openWorld();

const step = "$from: DateTime!, $to: DateTime!, $step: Int!";
const within = "from: $from, to: $to, stepMinutes: $step";

test.each([
  ["in steps of 10 minutes", { stepMinutes: 10 }, "stepMinutes", "must be 1, 5, 15 or 60"],
  ["in steps of nothing", { stepMinutes: 0 }, "stepMinutes", "must be 1, 5, 15 or 60"],
  ["that ends before it begins", { to: "2026-01-22T00:00:00Z" }, "to", "must not be before from"],
  [
    "of two days in minutes",
    { to: "2026-01-25T00:00:00Z" },
    "to",
    'makes 2881 points of 1 min, at most 1500 are allowed: ask with stepMinutes: 5, or to: "2026-01-24T00:59:00.000Z"',
  ],
  [
    "of three centuries",
    { from: "1900-01-01T00:00:00Z", to: "2200-01-01T00:00:00Z", stepMinutes: 60 },
    "to",
    'makes 2629753 points of 60 min, at most 1500 are allowed: ask with to: "1900-03-04T11:00:00.000Z"',
  ],
])("refuses a series %s, saying what would be right", async (_what, asked, path, reason) => {
  const { slug } = await a.campaign();
  const { from, to, stepMinutes } = {
    from: "2026-01-23T00:00:00Z",
    to: "2026-01-24T00:00:00Z",
    stepMinutes: 1,
    ...asked,
  };
  const reply = await as().run(
    `query($s: String!, ${step}) { campaign(slug: $s) { turnoutSeries(${within}) { at } } }`,
    { s: slug, from, to, step: stepMinutes },
  );
  expect(reply).toMatchObject({ code: "BAD_USER_INPUT", fields: [{ path, reason }] });
});

test("a series to come is empty, and one that has begun ends now", async () => {
  clock.now = new Date("2026-01-23T18:07:00Z");
  const { slug } = await a.campaign();
  const ats = async (from: string): Promise<string[]> => {
    const { data } = await as().run(
      `query($s: String!, ${step}) { campaign(slug: $s) { turnoutSeries(${within}) { at } } }`,
      { s: slug, from, to: "2026-01-24T00:00:00Z", step: 5 },
    );
    return data.campaign.turnoutSeries.map(({ at }: { at: string }) => at);
  };
  expect(await ats("2026-01-23T19:00:00Z")).toEqual([]);
  expect(await ats("2026-01-23T17:58:00Z")).toEqual(["2026-01-23T18:00:00+00:00", "2026-01-23T18:05:00+00:00"]);
});

test("prices what was shown once: ten such totals, or three long series, are too much for one request", async () => {
  const totals = Array.from({ length: 10 }, (_, n) => `t${n}: turnout(asOf: "2026-01-23T12:00:00Z") { low }`);
  const series = Array.from(
    { length: 3 },
    (_, n) =>
      `t${n}: turnoutSeries(from: "2026-01-23T00:00:00Z", to: "2026-01-24T00:00:00Z", stepMinutes: 1) { at turnout { low } }`,
  );
  const { slug } = await a.campaign();
  const ask = (parts: string[]) =>
    as().run(`query($s: String!) { campaign(slug: $s) { ${parts.join(" ")} } }`, { s: slug });
  for (const parts of [totals, series]) {
    expect(await ask(parts)).toMatchObject({ code: "QUERY_TOO_LARGE", reason: "TOO_COSTLY" });
    expect((await ask(parts.slice(1))).code).toBe("OK");
  }
});
