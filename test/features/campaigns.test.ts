import { fromGlobalId, toGlobalId } from "../../src/platform/database/ids.js";
import { campaignCalls, draftOf, opened, outcomes, plan } from "../support/campaigns.js";
import { openWorld, type Person } from "../support/world.js";

const world = openWorld();
const { a, as, server } = world;
const by = campaignCalls(world);

describe("making a campaign", () => {
  test.each([
    ["an end before the start", { endsOn: "2026-04-30" }, "input.endsOn", "must not be before startsOn"],
    ["401 days", { endsOn: "2027-06-06" }, "input.endsOn", "must be at most 400 days after startsOn"],
    [
      "a title of two letters",
      { title: "No" },
      "input.title",
      "must be 3 to 120 characters, without control characters such as NUL",
    ],
    ...["ab", "May-Day", "-may", "may--day", "a".repeat(61), "día"].map((slug) => [
      `the slug ${slug}`,
      { slug },
      "input.slug",
      "must be 3 to 60 lower-case letters, digits and single hyphens between them, such as day-of-action",
    ]),
  ] as [string, object, string, string][])(
    "refuses %s, naming the field and what would be right",
    async (_what, fields, path, reason) => {
      const reply = await by(await a.siteStaff()).createCampaign(plan(fields));
      expect([reply.code, reply.fields]).toEqual(["BAD_USER_INPUT", [{ path, reason }]]);
    },
  );

  test("is for the site's staff and admins of verified organizations only", async () => {
    const [plain, verified] = [await a.organization(), await a.organization({ verified: true })];
    const codeOf = async (person?: Person) => (await by(person).createCampaign(plan())).code;
    expect(await codeOf()).toBe("UNAUTHENTICATED");
    for (const person of [
      await a.person(),
      await a.admin(plain),
      await a.member(verified),
      await a.staff(await a.campaign()),
    ])
      expect(await codeOf(person)).toBe("FORBIDDEN");
    for (const person of [await a.siteStaff(), await a.admin(verified)]) expect(await codeOf(person)).toBe("OK");
  });

  test("refuses a slug that is taken, also to the second of two at the same moment", async () => {
    const people = await Promise.all([a.siteStaff(), a.siteStaff()]);
    const replies = await Promise.all(
      people.map((person) => by(person).createCampaign(plan({ slug: "may-day-2026" }))),
    );
    expect(outcomes(replies)).toEqual(["OK", "SLUG_TAKEN"]);
    expect(replies.find(({ code }) => code === "CONFLICT")!.fields[0]!.path).toBe("input.slug");
  });

  test("makes a slug of the title, another one when that is taken, and one where the title has no letters for it", async () => {
    const staff = await a.siteStaff();
    const slugOf = async (title: string) => (await draftOf(world, staff, { title })).slug;
    expect(await slugOf("  ¡Día del Trabajador!  ")).toBe("dia-del-trabajador");
    expect(await slugOf("Día del trabajador")).toMatch(/^dia-del-trabajador-[0-9a-f]{8}$/);
    expect(await slugOf("五一劳动节")).toBe("campaign");
    expect(await slugOf("word ".repeat(24).trim())).toMatch(/^[a-z-]{3,60}$/);
  });

  test("gives the caller a draft of which the caller is the staff", async () => {
    const staff = await a.siteStaff();
    const made = await draftOf(world, staff, { callToAction: " No work. ", reviewPolicy: "TRUST_SOME" });
    expect(made).toMatchObject({
      status: "DRAFT",
      version: 1,
      callToAction: "No work.",
      description: null,
      demands: [],
      organizers: [],
      reviewPolicy: "TRUST_SOME",
    });
    const { data } = await as(staff).run(`query($c: ID!) { campaignStaff(campaignId: $c) { personId email } }`, {
      c: made.id,
    });
    expect(data.campaignStaff).toEqual([{ personId: toGlobalId("Person", staff.id), email: staff.email }]);
  });
});

describe("its life", () => {
  test("goes DRAFT, OPEN, CLOSED and OPEN again by its staff; said again is harmless, out of order is refused", async () => {
    const staff = await a.siteStaff();
    const { id: campaignId } = await draftOf(world, staff);
    type Step = "openCampaign" | "closeCampaign" | "reopenCampaign";
    const step = async (name: Step) => {
      const reply = await by(staff)[name]({ campaignId });
      return reply.reason ?? reply.data[name].campaign.status;
    };
    const said = [];
    for (const name of [
      "closeCampaign",
      "reopenCampaign",
      "openCampaign",
      "openCampaign",
      "reopenCampaign",
      "closeCampaign",
      "closeCampaign",
      "openCampaign",
      "reopenCampaign",
    ] as Step[])
      said.push(await step(name));
    expect(said).toEqual([
      "CAMPAIGN_NOT_OPEN",
      "CAMPAIGN_NOT_CLOSED",
      "OPEN",
      "OPEN",
      "OPEN",
      "CLOSED",
      "CLOSED",
      "CAMPAIGN_NOT_DRAFT",
      "OPEN",
    ]);
    expect((await by(await a.siteStaff()).closeCampaign({ campaignId })).code).toBe("FORBIDDEN");
    expect((await by().closeCampaign({ campaignId })).code).toBe("UNAUTHENTICATED");
  });

  test("is told to those who follow it as far as they may see it, and to changes(since:)", async () => {
    const staff = await a.siteStaff();
    const { id } = await draftOf(world, staff);
    const follow = `subscription($id: ID!) { campaignChanged(campaignId: $id) { kind campaign { title status } } }`;
    const [own, public_] = [await as(staff).listen(follow, { id }), await as().listen(follow, { id })];
    const since = (await as().run("{ position }")).data.position;
    await by(staff).editCampaign({ campaignId: id, version: 1, title: "Before" });
    await own.until(({ kind, campaign }) => kind === "UPDATED" && campaign.title === "Before");
    await by(staff).openCampaign({ campaignId: id });
    await public_.until(({ kind }) => kind === "PUBLISHED");
    // The edit may be told late, once everybody may see it; never as a draft.
    expect(new Set(public_.messages.map(({ campaign }) => campaign.status))).toEqual(new Set(["OPEN"]));
    const { data } = await as().run(`query($s: String!) { changes(since: $s) { changes { topic id node { id } } } }`, {
      s: since,
    });
    expect(data.changes.changes).toContainEqual({ topic: "CAMPAIGN", id, node: { id } });
    await Promise.all([own.stop(), public_.stop()]);
  });
});

describe("editing", () => {
  test("refuses to clear what a campaign cannot do without", async () => {
    const { campaignId, staff } = await opened(world);
    for (const name of ["title", "startsOn", "endsOn", "reviewPolicy"]) {
      const reply = await by(staff).editCampaign({ campaignId, version: 1, [name]: null });
      expect([reply.code, reply.fields[0]?.path]).toEqual(["BAD_USER_INPUT", `input.${name}`]);
    }
  });

  test("judges new days together with those that stay", async () => {
    const { campaignId, staff } = await opened(world);
    const reply = await by(staff).editCampaign({ campaignId, version: 1, startsOn: "2026-01-24" });
    expect(reply.fields).toEqual([{ path: "input.endsOn", reason: "must not be before startsOn" }]);
  });

  test("is for its staff only", async () => {
    const { campaignId } = await opened(world);
    for (const person of [await a.person(), await a.siteStaff(), await a.staff(await a.campaign())])
      expect((await by(person).editCampaign({ campaignId, version: 1, title: "Mine now" })).code).toBe("FORBIDDEN");
  });

  test("refuses a stale version, naming what was changed since", async () => {
    const { campaignId, staff } = await opened(world);
    await by(staff).editCampaign({ campaignId, version: 1, title: "One" });
    await by(staff).editCampaign({ campaignId, version: 2, description: "Two", title: "Two" });
    const reply = await by(staff).editCampaign({ campaignId, version: 2, callToAction: "No work" });
    expect(reply).toMatchObject({ code: "CONFLICT", reason: "STALE_VERSION" });
    expect(reply.fields.map(({ path }) => path)).toEqual(["input.version", "input.title", "input.description"]);
    const later = await by(staff).editCampaign({ campaignId, version: 9, callToAction: "No work" });
    expect([later.reason, later.fields.length]).toEqual(["STALE_VERSION", 1]);
  });

  test("lets one of two editors at the same moment win, and loses nothing", async () => {
    const { campaignId, staff } = await opened(world);
    const replies = await Promise.all(
      ["One", "Other"].map((title) => by(staff).editCampaign({ campaignId, version: 1, title })),
    );
    expect(outcomes(replies)).toEqual(["OK", "STALE_VERSION"]);
  });

  test("leaves what is left out, clears what is null, and is harmless again", async () => {
    const { campaignId, staff } = await opened(world, { callToAction: "No work", description: "About it" });
    const edit = () => by(staff).editCampaign({ campaignId, version: 1, title: " New ", callToAction: null });
    for (let again = 0; again < 2; again++)
      expect((await edit()).data.editCampaign.campaign).toMatchObject({
        title: "New",
        callToAction: null,
        description: "About it",
        version: 2,
      });
  });
});

test("every change of a campaign is in the audit trail, by the names of its fields", async () => {
  const { campaignId, staff } = await opened(world);
  await by(staff).editCampaign({ campaignId, version: 1, title: "Hush", description: "Hush" });
  await by(staff).addDemand({ campaignId, text: "Hush" });
  await by(staff).closeCampaign({ campaignId });
  const entries = await server().services.db.query(
    `SELECT action, subject_type, fields, actor_id FROM audit_entries WHERE $1 = ANY (scopes) ORDER BY at, action`,
    [fromGlobalId("Campaign", campaignId, "id")],
  );
  const entry = (action: string, subject_type: string, fields: string[]) => ({
    action,
    subject_type,
    fields,
    actor_id: staff.id,
  });
  expect(entries).toHaveLength(3);
  expect(entries).toEqual(
    expect.arrayContaining([
      entry("editCampaign", "Campaign", ["title", "description"]),
      entry("addDemand", "Demand", []),
      entry("closeCampaign", "Campaign", ["status"]),
    ]),
  );
});
