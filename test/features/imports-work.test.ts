import { fromGlobalId } from "../../src/platform/database/ids.js";
import { crowdFile, crowdRow, importsIn } from "../support/imports.js";
import { hastenJobs, jobsDone } from "../support/jobs.js";
import { openWorld } from "../support/world.js";

const world = openWorld();
const { a, another, as, server } = world;
const { begin, put, read, bring, eventsOf, campaignWithStaff, waiting } = importsIn(world);

test("doubles nothing with the same file again, and leaves what was edited or deleted since as it is", async () => {
  const { campaign, campaignId, staff } = await campaignWithStaff();
  const rows = [crowdRow({ title: "To be edited" }), crowdRow({ title: "To be deleted" }), crowdRow()];
  await bring(staff, { campaignId, publish: true }, crowdFile(rows));
  const byTitle = async (title: string): Promise<string> =>
    (await eventsOf(campaign, staff)).find((event: { title: string }) => event.title === title).id;
  const change = (name: string, input: object) =>
    as(staff).run(
      `mutation($i: ${name[0]!.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $i) { __typename } }`,
      { i: input },
    );
  const edited = await change("editEvent", {
    eventId: await byTitle("To be edited"),
    version: 1,
    venue: "Elsewhere",
  });
  const deleted = await change("deleteEvent", { eventId: await byTitle("To be deleted"), reason: "It was none." });
  expect([edited.code, deleted.code]).toEqual(["OK", "OK"]);
  const again = [...rows.map((row) => ({ ...row, venue: "As the file says now" })), crowdRow({ title: "A new one" })];
  expect(await bring(staff, { campaignId }, crowdFile(again))).toMatchObject({
    accepted: 1,
    unchanged: 3,
    rejected: 0,
  });
  const found = await eventsOf(campaign, staff);
  expect(
    found
      .map(({ title, location }: { title: string; location: { venue: string | null } }) => [title, location.venue])
      .sort(),
  ).toEqual([
    ["A new one", null],
    ["Rally in Duluth", null],
    ["To be edited", "Elsewhere"],
  ]);
});

test("doubles nothing when two files bring the same rows at once, on two servers", async () => {
  const { campaignId, staff } = await campaignWithStaff();
  const file = crowdFile(Array.from({ length: 600 }, () => crowdRow()));
  const ids: string[] = [];
  for (let time = 0; time < 2; time++) ids.push((await begin(staff, { campaignId })).data.startImport.import.id);
  await another();
  await Promise.all(ids.map((id) => put(id, file, staff)));
  await jobsDone(server().services);
  const results = await Promise.all(ids.map((id) => read(id, staff)));
  expect(results.map(({ status }) => status)).toEqual(["DONE", "DONE"]);
  expect(results.map(({ accepted }) => accepted).reduce((sum, n) => sum + n)).toBe(600);
  expect(results.map(({ unchanged }) => unchanged).reduce((sum, n) => sum + n)).toBe(600);
});

const failAt = async (title: string): Promise<() => Promise<unknown>> => {
  const { pool } = server().services;
  await pool.query(`
      CREATE FUNCTION stop_here() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'stopped'; END $$;
      CREATE TRIGGER stop_here BEFORE INSERT ON events FOR EACH ROW WHEN (NEW.title = '${title}') EXECUTE FUNCTION stop_here();`);
  return () => pool.query("DROP FUNCTION stop_here CASCADE");
};
const untilFailed = async (): Promise<void> => {
  const waits = "SELECT 1 FROM pgboss.job WHERE name = 'imports' AND state = 'retry'";
  while ((await server().services.pool.query(waits)).rows.length === 0)
    await new Promise((resolve) => setImmediate(resolve));
};
const goOnAtOnce = async (): Promise<void> => {
  await hastenJobs(server().services);
  await jobsDone(server().services);
};

test("goes on behind the last batch after a worker failed in the middle; nothing is doubled or lost", async () => {
  const { campaign, campaignId, staff } = await campaignWithStaff();
  const rows = Array.from({ length: 700 }, (_, index) =>
    crowdRow({ title: `Row ${index}`, ...(index % 100 ? {} : { state: "" }) }),
  );
  const goOn = await failAt("Row 601");
  const { id } = (await begin(staff, { campaignId })).data.startImport.import;
  await put(id, crowdFile(rows), staff);
  await untilFailed();
  expect(await read(id, staff)).toMatchObject({
    status: "RUNNING",
    rows: 700,
    done: 600,
    accepted: 594,
    rejected: 6,
  });
  await goOn();
  await goOnAtOnce();
  expect(await read(id, staff)).toMatchObject({
    status: "DONE",
    done: 700,
    accepted: 693,
    rejected: 7,
    problems: { totalCount: 7 },
  });
  const { rows: found } = await server().services.pool.query<{ title: string; versions: number }>(
    `SELECT title, (SELECT count(*)::int FROM event_versions v WHERE v.event_id = e.id) AS versions FROM events e WHERE campaign_id = $1`,
    [fromGlobalId("Campaign", campaign.id, "id")],
  );
  expect(new Set(found.map(({ title }) => title)).size).toBe(693);
  expect(found.filter(({ versions }) => versions !== 1)).toEqual([]);
  const { rows: files } = await server().services.pool.query("SELECT 1 FROM import_files");
  expect(files).toEqual([]);
});

test("ends when whoever started it is no longer staff", async () => {
  const { campaign, campaignId, staff } = await campaignWithStaff();
  const other = await a.staff(campaign);
  const goOn = await failAt("Row 300");
  const { id } = (await begin(staff, { campaignId })).data.startImport.import;
  await put(id, crowdFile(Array.from({ length: 400 }, (_, index) => crowdRow({ title: `Row ${index}` }))), staff);
  await untilFailed();
  await server().services.pool.query("DELETE FROM campaign_staff WHERE person_id = $1", [staff.id]);
  await goOn();
  await goOnAtOnce();
  expect(await read(id, other)).toMatchObject({
    status: "FAILED",
    done: 300,
    failure: expect.stringContaining("may no longer") as string,
  });
});

test.each([
  [
    "whose last quote is never closed",
    `${crowdFile([crowdRow()])}"open`,
    "has a quote that is opened and never closed",
  ],
  ["of 50,001 rows", `${crowdFile([])}${`${",".repeat(19)}\n`.repeat(50_001)}`, "must have at most 50,000 rows"],
])("does nothing with a file %s, and says why", async (_what, file, failure) => {
  const { campaignId, staff } = await campaignWithStaff();
  expect(await bring(staff, { campaignId }, file)).toMatchObject({
    status: "FAILED",
    done: 0,
    failure: expect.stringContaining(failure) as string,
    finishedAt: expect.any(String) as string,
  });
});

test("tells the staff how far it is, as it goes, and nobody else", async () => {
  const { id, staff } = await waiting();
  const ask = "subscription($id: ID!) { importChanged(importId: $id) { kind import { status rows done } } }";
  const listening = await as(staff).listen(ask, { id });
  const stranger = await as(await a.person()).listen(ask, { id });
  const nobody = await as().listen(ask, { id });
  expect((await nobody.ended).errors?.[0].extensions.code).toBe("UNAUTHENTICATED");
  await put(id, crowdFile(Array.from({ length: 300 }, () => crowdRow())), staff);
  const last = await listening.until((message) => message.import.status === "DONE");
  expect(last.import).toEqual({ status: "DONE", rows: 300, done: 300 });
  expect(stranger.messages).toEqual([]);
  await Promise.all([listening.stop(), stranger.stop()]);
});

test("leaves a trail of who did it, without what the file says", async () => {
  const { campaignId, staff } = await campaignWithStaff();
  const { id } = await bring(staff, { campaignId }, crowdFile([crowdRow(), crowdRow()]));
  const { rows } = await server().services.pool.query(
    "SELECT action, actor_id, fields FROM audit_entries WHERE subject_id = $1 ORDER BY at, action",
    [fromGlobalId("EventImport", id, "id")],
  );
  expect(rows).toHaveLength(3);
  for (const entry of rows) expect(entry).toMatchObject({ actor_id: staff.id, fields: [] });
  expect(rows.map(({ action }: { action: string }) => action).sort()).toEqual([
    "importEvents",
    "receiveImportFile",
    "startImport",
  ]);
});

test("answers a page of 100 imported events with as many SQL statements as one of 2", async () => {
  const { campaign, campaignId, staff } = await campaignWithStaff();
  await bring(staff, { campaignId, publish: true }, crowdFile(Array.from({ length: 120 }, () => crowdRow())));
  const statements = async (first: number): Promise<{ statements: number; events: number }> => {
    const query = jest.spyOn(server().services.pool, "query");
    const events = (await eventsOf(campaign, staff, first)).length;
    // The change log and the job workers ask for theirs meanwhile.
    const asked = query.mock.calls.filter((call) => JSON.stringify(call[0]).includes("row_to_json")).length;
    query.mockRestore();
    return { statements: asked, events };
  };
  await statements(1);
  expect(await statements(2)).toEqual({ statements: 1, events: 2 });
  // It has the page with its cities, hosts, places and counts.
  expect(await statements(100)).toEqual({ statements: 1, events: 100 });
});
