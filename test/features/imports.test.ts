import { randomUUID } from "node:crypto";
import { fromGlobalId } from "../../src/platform/database/ids.js";
import { hastenJobs, jobsDone } from "../support/jobs.js";
import { openWorld, type Person } from "../support/world.js";

const { a, another, as, server, url } = openWorld();

const crowdColumns =
  "id,date,locality,state,county,fips,lat,lng,time_zone,venue,title,types,organizations,participants,issues,online,size_low,size_high,size_text,source_count".split(
    ",",
  );
const clockColumns = "state,date,local_time,raw_time,address,lat,lng,time_zone,permit".split(",");

type Cells = Record<string, string>;

/** The real form of the Crowd Counting Consortium's files, with made-up events. */
const crowdRow = (cells: Cells = {}): Cells => ({
  id: `ccc-${randomUUID()}`,
  date: "2025-01-18",
  locality: "Duluth",
  state: "MN",
  types: "rally",
  organizations: "Some Group",
  online: "0",
  size_low: "200",
  size_high: "300",
  source_count: "1",
  ...cells,
});

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const csv = (columns: string[], rows: Cells[], end = "\n"): string =>
  [columns, ...rows.map((row) => columns.map((column) => quoted(row[column] ?? "")))]
    .map((cells) => cells.join(",") + end)
    .join("");
const crowdFile = (rows: Cells[], end?: string): string => csv(crowdColumns, rows, end);

const fields =
  "id status failure dryRun rows done accepted unchanged rejected finishedAt problems(first: 100) { totalCount nodes { line field reason } }";

const begin = (person: Person | undefined, input: object) =>
  as(person).run(
    `mutation($input: StartImportInput!) { startImport(input: $input) { import { ${fields} } uploadUrl } }`,
    { input: { format: "CROWD_COUNTS", dryRun: false, ...input } },
  );

async function put(importId: string, body: string | Buffer, person?: Person, type = "text/csv"): Promise<Response> {
  const authorization = person ? { authorization: `Bearer ${person.token}` } : undefined;
  return fetch(`${url()}/imports/${importId}`, {
    method: "PUT",
    headers: { "content-type": type, ...authorization },
    body,
  });
}

const read = async (importId: string, person: Person) =>
  (await as(person).run(`query($id: ID!) { eventImport(id: $id) { ${fields} } }`, { id: importId })).data.eventImport;

/** Starts an import, sends its file, and gives what became of it. */
async function bring(person: Person, input: object, file: string | Buffer) {
  const { id } = (await begin(person, input)).data.startImport.import;
  const answer = await put(id, file, person);
  if (answer.status !== 202) throw new Error(await answer.text());
  await jobsDone(server().services);
  return read(id, person);
}

const eventsOf = async (campaign: { id: string }, person: Person, first = 100) =>
  (
    await as(person).run(
      `query($id: ID!, $first: Int) { events(filter: { campaignId: $id }, first: $first) { nodes {
        id title type review startsOn startsAt timeZone permitStatus version hosts { role organization { id } } turnout { reporting }
        city { slug } location { venue addressLines locality latitude longitude } } } }`,
      { id: campaign.id, first },
    )
  ).data.events.nodes;

async function campaignWithStaff() {
  const campaign = await a.campaign();
  return { campaign, campaignId: campaign.id, staff: await a.staff(campaign) };
}

const waiting = async () => {
  const { campaignId, staff } = await campaignWithStaff();
  const id: string = (await begin(staff, { campaignId })).data.startImport.import.id;
  return { id, staff };
};

describe("starting", () => {
  test("is for the campaign's staff, and in the name of an organization for its admins", async () => {
    const { campaignId, staff } = await campaignWithStaff();
    const host = await a.organization();
    expect(await begin(undefined, { campaignId })).toMatchObject({ code: "UNAUTHENTICATED" });
    for (const person of [await a.person(), await a.staff(await a.campaign())])
      expect(await begin(person, { campaignId })).toMatchObject({ code: "FORBIDDEN" });
    expect(await begin(staff, { campaignId, organizationId: host.id })).toMatchObject({ code: "FORBIDDEN" });
    expect(await begin(staff, { campaignId: host.id })).toMatchObject({ reason: "ID_INVALID" });
    expect(await begin(staff, { campaignId: `campaign_${"0".repeat(32)}` })).toMatchObject({
      fields: [{ path: "input.campaignId", reason: "is not the id of a campaign; see `campaigns`" }],
    });
  });

  test("is a dry run unless told, and says where to send the file", async () => {
    const { campaignId, staff } = await campaignWithStaff();
    const { data } = await begin(staff, { campaignId, dryRun: undefined });
    expect(data.startImport.import).toMatchObject({ status: "AWAITING_FILE", dryRun: true, rows: 0, done: 0 });
    expect(data.startImport.uploadUrl).toMatch(new RegExp(`/imports/${data.startImport.import.id}$`));
  });

  test("shows an import to the campaign's staff only, by every path", async () => {
    const { campaign, staff } = await campaignWithStaff();
    const { import: made } = (await begin(staff, { campaignId: campaign.id })).data.startImport;
    const ask =
      "query($id: ID!, $slug: String!) { eventImport(id: $id) { id } node(id: $id) { id } campaign(slug: $slug) { imports { nodes { id } } } }";
    const seenBy = async (person?: Person) => (await as(person).run(ask, { id: made.id, slug: campaign.slug })).data;
    expect(await seenBy(staff)).toEqual({
      eventImport: { id: made.id },
      node: { id: made.id },
      campaign: { imports: { nodes: [{ id: made.id }] } },
    });
    for (const person of [undefined, await a.person(), await a.staff(await a.campaign())])
      expect(await seenBy(person)).toEqual({ eventImport: null, node: null, campaign: { imports: { nodes: [] } } });
  });
});

describe("sending the file", () => {
  const codeOf = async (answer: Response) => {
    const { extensions, message } = ((await answer.json()) as { errors: { message: string; extensions: Cells }[] })
      .errors[0]!;
    expect(extensions["requestId"]).toBe(answer.headers.get("x-request-id"));
    return { status: answer.status, code: extensions["code"], message };
  };

  test("is refused to nobody, to a token that is not valid, and to those who may not see the import", async () => {
    const { id } = await waiting();
    const file = crowdFile([crowdRow()]);
    const forged = { ...(await a.person()), token: "x".repeat(43) };
    expect(await codeOf(await put(id, file))).toMatchObject({ status: 401, code: "UNAUTHENTICATED" });
    expect(await codeOf(await put(id, file, forged))).toMatchObject({ status: 401, code: "UNAUTHENTICATED" });
    const stranger = await a.staff(await a.campaign());
    const [hidden, none] = [await put(id, file, stranger), await put(id.replace(/.{8}$/, "00000000"), file, stranger)];
    expect(await codeOf(hidden)).toEqual({ status: 404, code: "NOT_FOUND", message: "There is no such import." });
    expect(await codeOf(none)).toEqual({ status: 404, code: "NOT_FOUND", message: "There is no such import." });
    expect(await codeOf(await put("nonsense", file, stranger))).toMatchObject({ status: 400, code: "BAD_USER_INPUT" });
  });

  test.each([
    ["nothing", "", "is empty"],
    ["another encoding", Buffer.from(`\uFEFF${crowdFile([])}`, "utf16le"), "must be in UTF-8"],
    ["Latin-1", Buffer.from("id,é\n", "latin1"), "must be in UTF-8"],
    ["a header that never ends", '"id,date\n', "has a quote that is opened and never closed"],
    ["columns missing", "id,date\n", "missing: locality, state"],
    ["columns that are not known", csv([...crowdColumns, "secret-name"], []), "not known or there twice: number 21)"],
    ["a column twice", csv([...crowdColumns, "id"], []), "not known or there twice: number 21)"],
    ["the other format's columns", csv(clockColumns, []), "must have the columns id, date, locality"],
  ])("refuses %s, and waits for another file", async (_what, file, reason) => {
    const { id, staff } = await waiting();
    const refusal = await codeOf(await put(id, file, staff));
    expect(refusal).toMatchObject({
      status: 400,
      code: "BAD_USER_INPUT",
      message: expect.stringContaining(reason) as string,
    });
    expect(refusal.message).not.toContain("secret");
    expect(await read(id, staff)).toMatchObject({ status: "AWAITING_FILE" });
    expect((await put(id, crowdFile([crowdRow()]), staff)).status).toBe(202);
  });

  test("refuses what is not CSV, and more than 10 MB", async () => {
    const { id, staff } = await waiting();
    const json = await put(id, "{}", staff, "application/json");
    expect(await codeOf(json)).toMatchObject({ status: 415, code: "BAD_REQUEST" });
    const large = await put(id, Buffer.alloc(10 * 1024 * 1024 + 1, "a"), staff);
    expect(await codeOf(large)).toMatchObject({ status: 413, code: "BAD_REQUEST" });
  });

  test("is harmless again, and refused with another file", async () => {
    const { id, staff } = await waiting();
    const file = crowdFile([crowdRow()]);
    for (let time = 0; time < 2; time++) expect((await put(id, file, staff)).status).toBe(202);
    await jobsDone(server().services);
    expect(await (await put(id, file, staff)).json()).toEqual({ id, status: "DONE" });
    expect(await codeOf(await put(id, `${file}\n`, staff))).toMatchObject({ status: 409, code: "CONFLICT" });
    expect(await read(id, staff)).toMatchObject({ rows: 1, accepted: 1 });
  });
});

describe("the rows", () => {
  test("are rejected with every problem, by line, field and reason", async () => {
    const { campaignId, staff } = await campaignWithStaff();
    const rows = [
      crowdRow({ id: "one", venue: "A hall,\r\nthe “large” one" }),
      crowdRow({ date: "2025-02-30", state: "ZZ", online: "maybe" }),
      crowdRow({ id: "", title: "no", venue: "x".repeat(201), time_zone: "Nowhere" }),
      crowdRow({ id: "one", locality: "Nowhere at all" }),
      crowdRow({ lat: "91", lng: "many", online: "1" }),
      crowdRow({ lat: "46.78", title: "With a \0 in it" }),
      crowdRow({ locality: "Nowhere at all", lat: "37.8", lng: "-122.3" }),
    ];
    const file = `${crowdFile(rows, "\r\n")}cut,2025-01-18,Duluth\r\n\r\n${crowdFile([crowdRow()]).split("\n")[1]}`;
    const done = await bring(staff, { campaignId }, `\uFEFF${file}`);
    expect(done).toMatchObject({ status: "DONE", rows: 9, done: 9, accepted: 2, unchanged: 0, rejected: 7 });
    const problems = done.problems.nodes as { line: number; field: string | null; reason: string }[];
    const told = problems.map(({ line, field, reason }) => `${line} ${field}: ${reason}`).sort();
    const text = (most: string) => `must be ${most} characters, without control characters such as NUL`;
    const nowhere = "is not in the gazetteer, and no city of this state is within 40 km of lat and lng";
    expect(told).toEqual(
      [
        "4 date: must be a day that exists, as YYYY-MM-DD, such as 2026-01-23",
        "4 online: must be 1, 0 or empty",
        "4 state: must be a state's postal abbreviation, such as MN",
        `5 id: ${text("1 to 100")}`,
        "5 time_zone: must be the IANA name of a time zone, such as America/Chicago",
        `5 title: ${text("3 to 120")}`,
        `5 venue: ${text("0 to 200")}`,
        "6 id: is there twice: see line 2",
        `6 locality: ${nowhere}`,
        "7 lat: must be degrees from -90 to 90, such as 44.95",
        "7 lng: must be degrees from -180 to 180, such as 44.95",
        "7 online: must not be 1: an event here takes place in a city",
        "8 lng: is missing: give both coordinates or none",
        `8 title: ${text("3 to 120")}`,
        `9 locality: ${nowhere}`,
        "10 null: has 3 fields where the header has 20: is a comma not quoted?",
      ].sort(),
    );
    expect(done.problems.totalCount).toBe(16);
  });

  test("become nothing in a dry run, which tells what would become of them", async () => {
    const { campaign, campaignId, staff } = await campaignWithStaff();
    const file = crowdFile([crowdRow(), crowdRow(), crowdRow({ state: "" })]);
    const counts = { status: "DONE", rows: 3, done: 3, accepted: 2, unchanged: 0, rejected: 1 };
    expect(await bring(staff, { campaignId, dryRun: true }, file)).toMatchObject(counts);
    expect(await eventsOf(campaign, staff)).toEqual([]);
    expect(await bring(staff, { campaignId }, file)).toMatchObject(counts);
    expect(await eventsOf(campaign, staff)).toHaveLength(2);
  });

  test("become drafts that only those concerned see, or are published at once", async () => {
    const { campaign, campaignId, staff } = await campaignWithStaff();
    const at = "46.78,-92.10".split(",");
    const row = {
      locality: "Duluth",
      lat: at[0]!,
      lng: at[1]!,
      venue: "Civic  Center",
      types: "dinner; protest; march",
    };
    await bring(staff, { campaignId }, crowdFile([crowdRow(row)]));
    const [draft] = await eventsOf(campaign, staff);
    expect(draft).toMatchObject({
      title: "Demonstration in Duluth",
      type: "DEMONSTRATION",
      review: "DRAFT",
      startsOn: "2025-01-18",
      startsAt: null,
      timeZone: "America/Chicago",
      version: 1,
      // Neither are the organizations of the file its hosts, nor its sizes a count of ours.
      hosts: [],
      turnout: { reporting: 0 },
      city: { slug: "duluth-mn" },
    });
    // The coordinates of the file are the city's, not the venue's.
    const duluth = await a.city("duluth-mn");
    expect(draft.location).toMatchObject({
      venue: "Civic  Center",
      latitude: duluth.latitude,
      longitude: duluth.longitude,
    });
    expect(await eventsOf(campaign, await a.person())).toEqual([]);

    await bring(staff, { campaignId, publish: true }, crowdFile([crowdRow({ title: "Stand together" })]));
    expect(await eventsOf(campaign, await a.person())).toEqual([
      expect.objectContaining({ title: "Stand together", type: "RALLY", review: "APPROVED" }),
    ]);
  });

  test("are led by the organization that they are brought for", async () => {
    const { campaign, campaignId, staff } = await campaignWithStaff();
    const host = await a.organization();
    await server().services.db.query(
      "INSERT INTO memberships (organization_id, person_id, role) VALUES ($1, $2, 'ADMIN')",
      [fromGlobalId("Organization", host.id, "id"), staff.id],
    );
    await bring(staff, { campaignId, organizationId: host.id }, crowdFile([crowdRow(), crowdRow()]));
    for (const event of await eventsOf(campaign, staff))
      expect(event.hosts).toEqual([{ role: "LEAD", organization: { id: host.id } }]);
  });

  test("become the type that the first known of their types says", async () => {
    const { campaign, campaignId, staff } = await campaignWithStaff();
    const types = {
      vigil: "VIGIL",
      "Walk-Out": "WALKOUT",
      "sit-in": "SIT_IN",
      caravan: "CARAVAN",
      "hunger strike": "DEMONSTRATION",
      strike: "PICKET",
      parade: "MARCH",
      "rallies; march": "RALLY",
      "dinner; march": "MARCH",
      "protest/vigil": "VIGIL",
      "counter-protest": "DEMONSTRATION",
      iftar: "OTHER",
      "": "OTHER",
    };
    const rows = Object.keys(types).map((list) => crowdRow({ types: list, title: `Types: ${list}` }));
    await bring(staff, { campaignId }, crowdFile(rows));
    const found: { title: string; type: string }[] = await eventsOf(campaign, staff);
    expect(Object.fromEntries(found.map(({ title, type }) => [title.slice(7), type]))).toEqual(types);
  });

  test("find their city however it is spelled, and else the nearest of the state", async () => {
    const { campaign, campaignId, staff } = await campaignWithStaff();
    const places: [locality: string, state: string, at: string, slug: string][] = [
      ["St. Paul", "MN", "", "saint-paul-mn"],
      ["SAINT  PAUL", "MN", "", "saint-paul-mn"],
      ["Washington", "DC", "", "washington-d-c-dc"],
      ["New York City", "NY", "", "new-york-ny"],
      ["Espanola", "NM", "", "espanola-nm"],
      ["Ewing Township", "NJ", "40.265,-74.799", "ewing-nj"],
      ["Bronx", "NY", "40.85,-73.88", "east-tremont-ny"],
    ];
    const rows = places.map(([locality, state, at, slug]) => {
      const [lat = "", lng = ""] = at.split(",");
      return crowdRow({ locality, state, lat, lng, title: slug });
    });
    expect((await bring(staff, { campaignId }, crowdFile(rows))).problems.nodes).toEqual([]);
    const found: { title: string; city: { slug: string } }[] = await eventsOf(campaign, staff);
    expect(found).toHaveLength(places.length);
    for (const { title, city } of found) expect(city.slug).toBe(title);
  });

  // From the 50501 directory's own list; the times that the clocks skip are ours.
  const fifty = `state,date,local_time,raw_time,address,lat,lng,time_zone,permit
AK,2025-02-05,12:00,12:00 PM,"State Capitol Building -- 120 4th St, Juneau, AK 99801",58.30194,-134.41974,America/Juneau,
MN,2025-02-05,12:00,12:00 PM,"State Capitol Building --75 Rev Dr Martin Luther King Jr Boulevard., St Paul",44.95514,-93.10222,America/Chicago,
NY,2025-02-05,,1- 4PM,"Niagara Sq., Buffalo",42.88645,-78.87837,America/New_York,
WA,2025-02-05,14:30,2:30PM - 4:30PM,"416 Sid Snyder Ave SW, Olympia, Tivoli Fountain North Lawn",47.03528,-122.90500,America/Los_Angeles,1
NM,2025-02-20,10:30,10:30am - 12:30pm,"155 Aurora Avenue, St Paul55118",44.91222,-93.16778,America/Chicago,1
IL,2026-03-08,02:30,2:30 AM,"400 W Madison St, Chicago",41.88,-87.64,America/Chicago,2
`;

  test("with clock times keep time, address, point and permit; a time that the clocks skip is rejected", async () => {
    const { campaign, campaignId, staff } = await campaignWithStaff();
    const done = await bring(staff, { campaignId, format: "CLOCK_TIMES" }, fifty);
    expect(done).toMatchObject({ rows: 6, accepted: 4, rejected: 2 });
    expect(done.problems.nodes).toEqual([
      { line: 6, field: "state", reason: "has no city within 40 km of lat and lng" },
      { line: 7, field: expect.stringMatching(/permit|local_time/) as string, reason: expect.any(String) as string },
      { line: 7, field: expect.stringMatching(/permit|local_time/) as string, reason: expect.any(String) as string },
    ]);
    expect(done.problems.nodes.map(({ reason }: { reason: string }) => reason).join()).toMatch(
      /does not exist in America\/Chicago.*2026-03-08T03:30/,
    );
    const found = await eventsOf(campaign, staff);
    const [buffalo, saintPaul, juneau, olympia] = found;
    expect(found.map(({ city }: { city: { slug: string } }) => city.slug)).toEqual([
      "buffalo-ny",
      "saint-paul-mn",
      "juneau-ak",
      "olympia-wa",
    ]);
    expect(buffalo).toMatchObject({ startsOn: "2025-02-05", startsAt: null, title: "Demonstration in Buffalo" });
    expect(saintPaul.startsAt).toBe("2025-02-05T18:00:00+00:00");
    expect(juneau).toMatchObject({
      startsAt: "2025-02-05T21:00:00+00:00",
      permitStatus: "NOT_SAID",
      location: {
        addressLines: ["State Capitol Building -- 120 4th St, Juneau, AK 99801"],
        latitude: 58.30194,
        longitude: -134.41974,
      },
    });
    expect(olympia).toMatchObject({ startsAt: "2025-02-05T22:30:00+00:00", permitStatus: "GRANTED" });
    expect(await bring(staff, { campaignId, format: "CLOCK_TIMES" }, fifty)).toMatchObject({
      unchanged: 4,
      rejected: 2,
    });
  });
});

describe("the same again", () => {
  test("doubles nothing, and leaves what was edited or deleted since as it is", async () => {
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
});

describe("the work", () => {
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
      done: 500,
      accepted: 495,
      rejected: 5,
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
      done: 250,
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
});

test("a page of imported events takes as many SQL statements as it has, however long it is", async () => {
  const { campaign, campaignId, staff } = await campaignWithStaff();
  await bring(staff, { campaignId, publish: true }, crowdFile(Array.from({ length: 120 }, () => crowdRow())));
  const statements = async (first: number): Promise<{ statements: number; events: number }> => {
    const query = jest.spyOn(server().services.pool, "query");
    const events = (await eventsOf(campaign, staff, first)).length;
    const asked = query.mock.calls.length;
    query.mockRestore();
    return { statements: asked, events };
  };
  await statements(1);
  expect(await statements(2)).toEqual({ statements: 2, events: 2 });
  // One finds the viewer, one has the page with its cities, hosts, places and counts.
  expect(await statements(100)).toEqual({ statements: 2, events: 100 });
});
