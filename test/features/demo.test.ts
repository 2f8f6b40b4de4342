import { demoAccounts } from "../../src/app/demo/load.js";
import { Marks } from "../support/canaries/marks.js";
import { readAll, readsOf } from "../support/canaries/reads.js";
import { codeFor } from "../support/outbox.js";
import { openWorld, type Person } from "../support/world.js";

const world = openWorld({ DEMO: "true", LOG_LEVEL: "trace" });
const { a, as, folder, lines } = world;
const marks = new Marks();
const people: Record<string, Person | undefined> = {};

// What is sensitive in the demo are the addresses of its accounts: each its own, admins those of their members.
const readers: Record<string, string[]> = {
  owner: ["admin", "siteStaff"],
  admin: ["owner", "siteStaff"],
  member: ["owner", "admin", "siteStaff"],
};

beforeAll(async () => {
  people["nobody"] = undefined;
  people["stranger"] = await a.person();
  for (const [account, email] of Object.entries(demoAccounts)) {
    marks.mark(email, `address of the ${account}`, [account, ...(readers[account] ?? [])]);
    await as().call("requestSignInCode", { email }, "__typename");
    const { data } = await as().call("signIn", { email, code: await codeFor(folder(), email) }, "token");
    people[account] = { id: "", email, token: data.signIn.token };
  }
});

test.each(["nobody", "stranger", ...Object.keys(demoAccounts)])(
  "shows %s no address but their own and their members'",
  async (role) => {
    const lists = `{ campaigns(first: 100) { nodes { id slug } } events(first: 100) { nodes { id } } organizations(first: 100) { nodes { id slug } } }`;
    const { campaigns, events, organizations } = (await as().run(lists)).data;
    // The one that the accounts belong to comes first.
    organizations.nodes.sort((one: { slug: string }) => (one.slug === "mrlf-afl-cio" ? -1 : 1));
    const idsOf = ({ nodes }: { nodes: { id: string }[] }): string[] => nodes.slice(0, 12).map(({ id }) => id);
    const ids = { Campaign: idsOf(campaigns), Event: idsOf(events), Organization: idsOf(organizations) };
    expect(ids.Event.length).toBeGreaterThan(5);
    const leaks = new Set<string>();
    const reads = readsOf(ids, [campaigns.nodes[0].slug, organizations.nodes[0].slug]);
    const refused = await readAll(as(people[role]), reads, (name, text) => {
      for (const mark of marks.unknownTo(role, text)) leaks.add(`${name}: ${mark}`);
    });
    expect(refused).toEqual([]);
    expect([...leaks]).toEqual([]);
  },
);

test("wrote no address into the log, and has shown each to its own", () => {
  expect(marks.unknownTo("the log", lines.join("\n"))).toEqual([]);
  expect(lines.length).toBeGreaterThan(0);
  expect(marks.knowable.filter((name) => !marks.met.has(name))).toEqual([]);
});
