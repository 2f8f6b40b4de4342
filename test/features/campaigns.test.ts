import { isTrusted } from "../../src/features/campaigns/index.js";
import { newContext } from "../../src/platform/context.js";
import { fromGlobalId, toGlobalId } from "../../src/platform/database/ids.js";
import { transact } from "../../src/platform/database/transact.js";
import { campaignCalls } from "../support/campaigns.js";
import type { Reply } from "../support/client.js";
import { openWorld, type Person } from "../support/world.js";

const { a, as, server } = openWorld();
const by = campaignCalls<Person>(as);

const plan = (fields: object = {}) => ({
  title: "A day without us",
  startsOn: "2026-05-01",
  endsOn: "2026-05-01",
  ...fields,
});
const draftOf = async (person: Person, fields: object = {}) =>
  (await by(person).createCampaign(plan(fields))).data.createCampaign.campaign;
/** A campaign that is open, and one of its staff. */
async function opened(fields: object = {}) {
  const campaign = await a.campaign(fields);
  return { campaignId: campaign.id, campaign, staff: await a.staff(campaign) };
}
const codes = (replies: Reply[]) => replies.map((reply) => reply.reason ?? reply.code).sort();
const words = (reply: Reply) =>
  Object.values(
    reply.data as Record<string, { campaign: { demands: { rank: number; text: string }[] } }>,
  )[0]!.campaign.demands.map(({ rank, text }) => `${rank} ${text}`);

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
    expect(codes(replies)).toEqual(["OK", "SLUG_TAKEN"]);
    expect(replies.find(({ code }) => code === "CONFLICT")!.fields[0]!.path).toBe("input.slug");
  });

  test("makes a slug of the title, another one when that is taken, and one where the title has no letters for it", async () => {
    const staff = await a.siteStaff();
    const slugOf = async (title: string) => (await draftOf(staff, { title })).slug;
    expect(await slugOf("  ¡Día del Trabajador!  ")).toBe("dia-del-trabajador");
    expect(await slugOf("Día del trabajador")).toMatch(/^dia-del-trabajador-[0-9a-f]{8}$/);
    expect(await slugOf("五一劳动节")).toBe("campaign");
    expect(await slugOf("word ".repeat(24).trim())).toMatch(/^[a-z-]{3,60}$/);
  });

  test("gives the caller a draft of which the caller is the staff", async () => {
    const staff = await a.siteStaff();
    const made = await draftOf(staff, { callToAction: " No work. ", reviewPolicy: "TRUST_SOME" });
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

describe("a draft", () => {
  const ask = `query($id: ID!, $slug: String!, $event: ID!) {
    node(id: $id) { id } campaign(slug: $slug) { id } event(id: $event) { campaign { id } }
    campaigns(first: 100, filter: { statuses: [DRAFT] }) { nodes { id } }
    all: campaigns(first: 100) { nodes { id } } }`;

  test("appears by no path to anybody but its staff and the site's", async () => {
    const campaign = await a.campaign({ status: "DRAFT" as never });
    const event = await a.event({ campaign });
    const seen = async (person?: Person) => {
      const { data } = await as(person).run(ask, { id: campaign.id, slug: campaign.slug, event: event.id });
      const inList = (list: { nodes: { id: string }[] }) => list.nodes.some(({ id }) => id === campaign.id);
      return [data.node, data.campaign, data.event.campaign]
        .map(Boolean)
        .concat([data.campaigns, data.all].map(inList));
    };
    const others = [
      undefined,
      await a.person(),
      await a.staff(await a.campaign()),
      await a.admin(await a.organization({ verified: true })),
    ];
    for (const person of others) expect(await seen(person)).toEqual([false, false, false, false, false]);
    for (const person of [await a.staff(campaign), await a.siteStaff()])
      expect(await seen(person)).toEqual([true, true, true, true, true]);
  });

  test("answers like none to every call of one who may not see it", async () => {
    const { id: campaignId } = await a.campaign({ status: "DRAFT" as never });
    const none = toGlobalId("Campaign", "00000000-0000-4000-8000-000000000000");
    const organizationId = (await a.organization()).id;
    const city = await a.city();
    const calls: [keyof ReturnType<typeof by>, object][] = [
      ["editCampaign", { version: 1 }],
      ["openCampaign", {}],
      ["closeCampaign", {}],
      ["reopenCampaign", {}],
      ["leaveCampaignStaff", {}],
      [
        "removeCampaignStaff",
        { personId: toGlobalId("Person", campaignId.slice(-32).replace(/(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-")) },
      ],
      ["addDemand", { text: "Bread" }],
      ["addOrganizer", { organizationId }],
      ["removeOrganizer", { organizationId }],
      ["trustOrganization", { organizationId }],
      ["inviteEndorsement", { organizationId }],
      ["pledge", { cityId: city.globalId, deviceKey: "0123456789abcdef" }],
    ];
    const person = await a.person();
    for (const [name, input] of calls) {
      const told = async (id: string) => {
        const { code, message } = await by(person)[name]({ campaignId: id, ...input });
        return [name, code, message];
      };
      expect(await told(campaignId)).toEqual([name, "NOT_FOUND", "There is no such campaign."]);
      expect(await told(none)).toEqual(await told(campaignId));
    }
    const event = (id: string) => ({
      campaignId: id,
      cityId: city.globalId,
      type: "RALLY",
      title: "Rally",
      startsOn: "2026-05-01",
    });
    const drafted = [await as(person).draftEvent(event(campaignId)), await as(person).draftEvent(event(none))];
    expect(drafted[0]!.fields).toEqual([
      { path: "input.campaignId", reason: "is not the id of a campaign; see `campaigns`" },
    ]);
    expect(drafted[1]!.fields).toEqual(drafted[0]!.fields);
  });

  test("takes no events, nor does a closed campaign", async () => {
    const { campaignId, staff } = await opened();
    const city = await a.city();
    const draft = () =>
      as(staff).draftEvent({
        campaignId,
        cityId: city.globalId,
        type: "RALLY",
        title: "Rally",
        startsOn: "2026-01-23",
      });
    expect((await draft()).code).toBe("OK");
    await by(staff).closeCampaign({ campaignId });
    expect(await draft()).toMatchObject({ code: "CONFLICT", reason: "CAMPAIGN_NOT_OPEN" });
    const owner = await a.siteStaff();
    const own = {
      campaignId: (await draftOf(owner)).id,
      cityId: city.globalId,
      type: "RALLY",
      title: "Rally",
      startsOn: "2026-05-01",
    };
    expect(await as(owner).draftEvent(own)).toMatchObject({ code: "CONFLICT", reason: "CAMPAIGN_NOT_OPEN" });
  });
});

describe("its life", () => {
  test("goes DRAFT, OPEN, CLOSED and OPEN again by its staff; said again is harmless, out of order is refused", async () => {
    const staff = await a.siteStaff();
    const { id: campaignId } = await draftOf(staff);
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
    const { id } = await draftOf(staff);
    const follow = `subscription($id: ID!) { campaignChanged(campaignId: $id) { kind campaign { title status } } }`;
    const [own, public_] = [await as(staff).listen(follow, { id }), await as().listen(follow, { id })];
    const since = (await as().run("{ position }")).data.position;
    await by(staff).editCampaign({ campaignId: id, version: 1, title: "Before" });
    await own.until(({ kind, campaign }) => kind === "UPDATED" && campaign.title === "Before");
    await by(staff).openCampaign({ campaignId: id });
    await public_.until(({ kind }) => kind === "PUBLISHED");
    expect(public_.messages).toEqual([{ kind: "PUBLISHED", campaign: { title: "Before", status: "OPEN" } }]);
    const { data } = await as().run(`query($s: String!) { changes(since: $s) { changes { topic id node { id } } } }`, {
      s: since,
    });
    expect(data.changes.changes).toContainEqual({ topic: "CAMPAIGN", id, node: { id } });
    await Promise.all([own.stop(), public_.stop()]);
  });
});

describe("editing", () => {
  test("refuses to clear what a campaign cannot do without", async () => {
    const { campaignId, staff } = await opened();
    for (const name of ["title", "startsOn", "endsOn", "reviewPolicy"]) {
      const reply = await by(staff).editCampaign({ campaignId, version: 1, [name]: null });
      expect([reply.code, reply.fields[0]?.path]).toEqual(["BAD_USER_INPUT", `input.${name}`]);
    }
  });

  test("judges new days together with those that stay", async () => {
    const { campaignId, staff } = await opened();
    const reply = await by(staff).editCampaign({ campaignId, version: 1, startsOn: "2026-01-24" });
    expect(reply.fields).toEqual([{ path: "input.endsOn", reason: "must not be before startsOn" }]);
  });

  test("is for its staff only", async () => {
    const { campaignId } = await opened();
    for (const person of [await a.person(), await a.siteStaff(), await a.staff(await a.campaign())])
      expect((await by(person).editCampaign({ campaignId, version: 1, title: "Mine now" })).code).toBe("FORBIDDEN");
  });

  test("refuses a stale version, naming what was changed since", async () => {
    const { campaignId, staff } = await opened();
    await by(staff).editCampaign({ campaignId, version: 1, title: "One" });
    await by(staff).editCampaign({ campaignId, version: 2, description: "Two", title: "Two" });
    const reply = await by(staff).editCampaign({ campaignId, version: 2, callToAction: "No work" });
    expect(reply).toMatchObject({ code: "CONFLICT", reason: "STALE_VERSION" });
    expect(reply.fields.map(({ path }) => path)).toEqual(["input.version", "input.title", "input.description"]);
    const later = await by(staff).editCampaign({ campaignId, version: 9, callToAction: "No work" });
    expect([later.reason, later.fields.length]).toEqual(["STALE_VERSION", 1]);
  });

  test("lets one of two editors at the same moment win, and loses nothing", async () => {
    const { campaignId, staff } = await opened();
    const replies = await Promise.all(
      ["One", "Other"].map((title) => by(staff).editCampaign({ campaignId, version: 1, title })),
    );
    expect(codes(replies)).toEqual(["OK", "STALE_VERSION"]);
  });

  test("leaves what is left out, clears what is null, and is harmless again", async () => {
    const { campaignId, staff } = await opened({ callToAction: "No work", description: "About it" });
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

describe("demands", () => {
  test("are refused at a place that isn't, with the places that are", async () => {
    const { campaignId, staff } = await opened();
    const added = await by(staff).addDemand({ campaignId, text: "Bread" });
    const demandId = added.data.addDemand.demand.id;
    for (const position of [0, 3, -1])
      expect((await by(staff).addDemand({ campaignId, text: "Roses", position })).fields).toEqual([
        { path: "input.position", reason: "must be from 1 to 2" },
      ]);
    expect((await by(staff).moveDemand({ demandId, position: 2 })).fields).toEqual([
      { path: "input.position", reason: "must be from 1 to 1" },
    ]);
    expect((await by(staff).addDemand({ campaignId, text: " " })).fields[0]!.path).toBe("input.text");
  });

  test("are changed by staff only; those of a draft are not there for others", async () => {
    const { campaignId, staff } = await opened();
    const other = await a.person();
    const demandId = (await by(staff).addDemand({ campaignId, text: "Bread" })).data.addDemand.demand.id;
    expect((await by(other).removeDemand({ demandId })).code).toBe("FORBIDDEN");
    expect(
      (await as().run(`query($id: ID!) { node(id: $id) { ... on Demand { text } } }`, { id: demandId })).data.node,
    ).toEqual({ text: "Bread" });
    const owner = await a.siteStaff();
    const draft = await draftOf(owner);
    const secret = (await by(owner).addDemand({ campaignId: draft.id, text: "Roses" })).data.addDemand.demand.id;
    expect(await by(other).editDemand({ demandId: secret, text: "Mine" })).toMatchObject({
      code: "NOT_FOUND",
      message: "There is no such demand.",
    });
    expect((await as(other).run(`query($id: ID!) { node(id: $id) { id } }`, { id: secret })).data.node).toBeNull();
  });

  test("are added, moved both ways, edited and removed; their ranks have no gaps", async () => {
    const { campaignId, staff } = await opened();
    const ids: Record<string, string> = {};
    for (const text of ["A", "B", "C"])
      ids[text] = (await by(staff).addDemand({ campaignId, text })).data.addDemand.demand.id;
    const first = await by(staff).addDemand({ campaignId, text: "D", position: 1 });
    expect(words(first)).toEqual(["1 D", "2 A", "3 B", "4 C"]);
    const move = (text: string, position: number) => by(staff).moveDemand({ demandId: ids[text], position });
    expect(words(await move("C", 2))).toEqual(["1 D", "2 C", "3 A", "4 B"]);
    expect(words(await move("C", 4))).toEqual(["1 D", "2 A", "3 B", "4 C"]);
    expect(words(await move("C", 4))).toEqual(["1 D", "2 A", "3 B", "4 C"]);
    expect(words(await by(staff).editDemand({ demandId: ids["A"], text: "A!" }))).toEqual([
      "1 D",
      "2 A!",
      "3 B",
      "4 C",
    ]);
    expect(words(await by(staff).removeDemand({ demandId: ids["A"] }))).toEqual(["1 D", "2 B", "3 C"]);
    expect((await by(staff).removeDemand({ demandId: ids["A"] })).code).toBe("NOT_FOUND");
  });

  test("stay in order while many hands add, move and remove at the same moment", async () => {
    const { campaignId, staff } = await opened();
    const ids: string[] = [];
    for (let n = 0; n < 6; n++)
      ids.push((await by(staff).addDemand({ campaignId, text: `${n}` })).data.addDemand.demand.id);
    const replies = await Promise.all([
      ...ids.slice(0, 3).map((demandId, n) => by(staff).moveDemand({ demandId, position: 4 - n })),
      ...ids.slice(3, 5).map((demandId) => by(staff).removeDemand({ demandId })),
      ...["x", "y", "z"].map((text) => by(staff).addDemand({ campaignId, text, position: 1 })),
    ]);
    expect(new Set(replies.map(({ code }) => code))).toEqual(new Set(["OK"]));
    const { data } = await as().run(`query($id: ID!) { node(id: $id) { ... on Campaign { demands { rank } } } }`, {
      id: campaignId,
    });
    expect(data.node.demands.map(({ rank }: { rank: number }) => rank)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  test("are at most a hundred, also when the last two places are asked for at once", async () => {
    const { campaignId, staff } = await opened();
    await server().services.db.query(
      `INSERT INTO demands (id, campaign_id, rank, text) SELECT gen_random_uuid(), $1, n, 'Bread' FROM generate_series(1, 99) n`,
      [fromGlobalId("Campaign", campaignId, "id")],
    );
    const replies = await Promise.all([1, 2].map(() => by(staff).addDemand({ campaignId, text: "Roses" })));
    expect(codes(replies)).toEqual(["LIMIT_REACHED", "OK"]);
  });
});

describe("organizers", () => {
  test("are named by one who is staff and admin, and taken off by either side", async () => {
    const { campaignId, campaign, staff } = await opened();
    const organization = await a.organization();
    const input = { campaignId, organizationId: organization.id };
    const admin = await a.admin(organization);
    expect((await by(staff).addOrganizer(input)).code).toBe("FORBIDDEN");
    expect((await by(admin).addOrganizer(input)).code).toBe("FORBIDDEN");
    const both = await a.admin(organization);
    await a.staff(campaign, both);
    for (let again = 0; again < 2; again++)
      expect((await by(both).addOrganizer(input)).data.addOrganizer.campaign.organizers).toEqual([
        { id: organization.id },
      ]);
    expect((await by(await a.member(organization)).removeOrganizer(input)).code).toBe("FORBIDDEN");
    expect((await by(admin).removeOrganizer(input)).data.removeOrganizer.campaign.organizers).toEqual([]);
    expect((await by(staff).removeOrganizer(input)).code).toBe("OK");
  });

  test("are refused when the organization doesn't exist", async () => {
    const { campaignId, staff } = await opened();
    const organizationId = toGlobalId("Organization", "00000000-0000-4000-8000-000000000000");
    expect(await by(staff).addOrganizer({ campaignId, organizationId })).toMatchObject({
      code: "NOT_FOUND",
      message: "There is no such organization.",
    });
  });
});

describe("trust", () => {
  const trusted = (campaignId: string, ...organizationIds: string[]) => {
    const ctx = newContext(server().services, { viewer: null, requestId: "test", address: "" });
    const ids = organizationIds.map((id) => fromGlobalId("Organization", id, "id"));
    return transact(ctx, "test", (tx) => isTrusted(tx, fromGlobalId("Campaign", campaignId, "id"), ids));
  };

  test("is the staff's to give and to see, and counts only where the policy is to trust some", async () => {
    const { campaignId, staff } = await opened();
    const [one, other] = [(await a.organization()).id, (await a.organization()).id];
    const input = { campaignId, organizationId: one };
    expect((await by(await a.person()).trustOrganization(input)).code).toBe("FORBIDDEN");
    for (let again = 0; again < 2; again++) expect((await by(staff).trustOrganization(input)).code).toBe("OK");
    expect(await trusted(campaignId, one)).toBe(false);
    await by(staff).editCampaign({ campaignId, version: 1, reviewPolicy: "TRUST_SOME" });
    expect([
      await trusted(campaignId, other, one),
      await trusted(campaignId, other),
      await trusted(campaignId),
    ]).toEqual([true, false, false]);
    const seen = async (person?: Person) =>
      (
        await as(person).run(
          `query($id: ID!) { node(id: $id) { ... on Campaign { trustedOrganizations { nodes { id } } } } }`,
          { id: campaignId },
        )
      ).data.node.trustedOrganizations.nodes;
    expect(await seen(staff)).toEqual([{ id: one }]);
    for (const person of [undefined, await a.person(), await a.siteStaff()]) expect(await seen(person)).toEqual([]);
    for (let again = 0; again < 2; again++) await by(staff).distrustOrganization(input);
    expect(await trusted(campaignId, one)).toBe(false);
  });
});

describe("staff", () => {
  const listing = `query($c: ID!) { campaignStaff(campaignId: $c) { personId email } }`;

  test("is listed for its staff only", async () => {
    const { campaignId, staff } = await opened();
    for (const person of [undefined, await a.person(), await a.siteStaff()])
      expect((await as(person).run(listing, { c: campaignId })).body).toEqual({ data: { campaignStaff: null } });
    expect((await as(staff).run(listing, { c: campaignId })).data.campaignStaff).toEqual([
      { personId: toGlobalId("Person", staff.id), email: staff.email },
    ]);
  });

  test("never loses its last person, whether two leave or remove each other at the same moment", async () => {
    const { campaignId, campaign, staff } = await opened();
    expect(await by(staff).leaveCampaignStaff({ campaignId })).toMatchObject({
      code: "CONFLICT",
      reason: "LAST_STAFF",
    });
    const second = await a.staff(campaign);
    const left = await Promise.all([staff, second].map((person) => by(person).leaveCampaignStaff({ campaignId })));
    expect(codes(left)).toEqual(["LAST_STAFF", "OK"]);
    const pair = await opened();
    const other = await a.staff(pair.campaign);
    const remove = (by_: Person, whom: Person) =>
      by(by_).removeCampaignStaff({ campaignId: pair.campaignId, personId: toGlobalId("Person", whom.id) });
    const removed = await Promise.all([remove(pair.staff, other), remove(other, pair.staff)]);
    expect(codes(removed)).toEqual(["FORBIDDEN", "OK"]);
  });

  test("that is removed is refused at once, and its sockets are closed", async () => {
    const { campaignId, campaign, staff } = await opened();
    const other = await a.staff(campaign);
    const listening = await as(other).listen(`subscription($id: ID!) { campaignChanged(campaignId: $id) { kind } }`, {
      id: campaignId,
    });
    const input = { campaignId, personId: toGlobalId("Person", other.id) };
    expect((await by(await a.person()).removeCampaignStaff(input)).code).toBe("FORBIDDEN");
    for (let again = 0; again < 2; again++) expect((await by(staff).removeCampaignStaff(input)).code).toBe("OK");
    expect(await listening.ended).toMatchObject({ code: 4403 });
    expect((await by(other).editCampaign({ campaignId, version: 1, title: "Mine" })).code).toBe("FORBIDDEN");
  });

  test("that leaves a draft no longer sees it in the very answer", async () => {
    const owner = await a.siteStaff();
    const draft = await draftOf(owner);
    const other = await a.staff(draft);
    expect((await by(other).leaveCampaignStaff({ campaignId: draft.id })).body).toEqual({
      data: { leaveCampaignStaff: { campaign: null } },
    });
  });
});

test("every change of a campaign is in the audit trail, by the names of its fields", async () => {
  const { campaignId, staff } = await opened();
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
