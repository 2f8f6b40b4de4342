import { type Cells, clockColumns, crowdColumns, crowdFile, crowdRow, csv, importsIn } from "../support/imports.js";
import { jobsDone } from "../support/jobs.js";
import { openWorld, type Person } from "../support/world.js";

const world = openWorld();
const { a, as, server } = world;
const { begin, put, read, campaignWithStaff, waiting } = importsIn(world);

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
    const draft = await a.campaign({ status: "DRAFT" as never });
    expect(await begin(staff, { campaignId: draft.id })).toMatchObject({ code: "BAD_USER_INPUT" });
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
    // Told before a file is received, which these could not be.
    for (const [person, status] of [
      [stranger, 404],
      [undefined, 401],
    ] as const)
      expect((await put(id, file, person, "text/plain")).status).toBe(status);
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
