import { isObjectType } from "graphql";
import { theSchema } from "../../src/app/schema.js";
import { type Evidence, evidence } from "../support/matrix/evidence.js";
import {
  fieldPolicies,
  fieldsWithPolicy,
  subscriptionPolicies,
  subscriptionPoliciesBy,
} from "../support/matrix/fields.js";
import { type NodePolicy, nodePolicies, secretNodes } from "../support/matrix/nodes.js";
import { cast, type People, type Role, roles } from "../support/matrix/people.js";
import { type Setting, setting } from "../support/matrix/setting.js";
import { told } from "../support/matrix/told.js";
import { openWorld } from "../support/world.js";

const world = openWorld();
const { as } = world;
let people: People;
let ids: Evidence;
let hidden: Setting;
/** What exists, and none of the people may know of. */
let foreign: Setting;

beforeAll(async () => {
  ({ people, ids, hidden } = await evidence(world));
  const others = await cast(world);
  foreign = { ...(await setting(world, others, false)), ...(await setting(world, others, true)) };
});

const answered = async (role: Role, ask: string) => (await as(people[role]).run(ask)).data;

test("has a policy for every field of every type, once, and for no other", () => {
  const types = Object.values(theSchema().getTypeMap()).filter(isObjectType);
  const read = types.filter(({ name }) => !/^__|(Connection|Edge)$|^Mutation$/.test(name));
  const fields = read.flatMap((type) => Object.keys(type.getFields()).map((field) => `${type.name}.${field}`));
  expect([...fieldsWithPolicy].sort()).toEqual(fields.sort());
});

test("has nothing in connections but their nodes, and how many those are where that is said", () => {
  const types = Object.values(theSchema().getTypeMap()).filter(isObjectType);
  const kinds = types.filter(({ name }) => /(Connection|Edge)$/.test(name));
  const fields = new Set(kinds.flatMap((type) => Object.keys(type.getFields())));
  expect([...fields].sort()).toEqual(["cursor", "distanceKm", "edges", "node", "nodes", "pageInfo", "totalCount"]);
});

/** Whether there is any value in an answer but nulls and empty lists. */
const hasValue = (value: unknown): boolean =>
  typeof value === "object" ? value !== null && Object.values(value).some(hasValue) : value !== undefined;

const sameFor = async (sees: readonly Role[], see: (role: Role) => Promise<boolean>): Promise<void> => {
  const seen = await Promise.all(roles.map(async (role) => [role, await see(role)]));
  expect(Object.fromEntries(seen)).toEqual(Object.fromEntries(roles.map((role) => [role, sees.includes(role)])));
};

test.each(Object.keys(fieldPolicies))(
  "%s has a value for those who may see it, and none for all others",
  async (name) => {
    const { sees, ask, shows } = fieldPolicies[name]!;
    await sameFor(sees, async (role) => {
      const data = await answered(role, ask(ids));
      return shows === undefined ? hasValue(data) : JSON.stringify(data).includes(shows);
    });
  },
);

test("has a policy for every type with an id", () => {
  const types = theSchema().getPossibleTypes(theSchema().getType("Node") as never);
  expect(Object.keys(nodePolicies).sort()).toEqual(types.map(({ name }) => name).sort());
});

const nodes: [string, NodePolicy][] = [
  ...Object.entries(nodePolicies),
  ...secretNodes.map((policy): [string, NodePolicy] => [policy.of, policy]),
];

test.each(nodes)("%s is read by its id by those who may know of it, and by nobody else", async (_name, policy) => {
  const { of, open, hidden: knowing } = policy;
  const by = (id: string) => async (role: Role) => {
    const { node, nodes: list } = await answered(role, `{ node(id: "${id}") { id } nodes(ids: ["${id}"]) { id } }`);
    expect(list).toEqual([node]);
    return node !== null;
  };
  await sameFor(open, by(ids[of]));
  if (knowing) await sameFor(knowing, by(hidden[of as keyof Setting]!));
});

/** Each subscription with each argument that says what is followed. */
const following = Object.keys(subscriptionPolicies).flatMap((name) => {
  const { args } = theSchema().getSubscriptionType()!.getFields()[name]!;
  return args.filter((arg) => arg.name !== "after").map((arg): [string, string] => [name, arg.name]);
});

test.each(following)("%s of a %s is refused to those who may not listen, at once", async (name, argument) => {
  const { city: cityId, event: eventId, campaign: campaignId, import: importId } = ids;
  const id = { cityId, eventId, campaignId, importId }[argument]!;
  const listen = (role: Role, of: string) =>
    as(people[role]).listen(`subscription { ${name}(${argument}: "${of}") { kind } }`);
  const none = id.replace(/[0-9a-f]{32}$/, "0".repeat(32));
  await sameFor(subscriptionPoliciesBy[`${name} ${argument}`] ?? subscriptionPolicies[name]!, async (role) => {
    const [real, unreal] = [await listen(role, id), await listen(role, none)];
    const [refusal, same] = await Promise.all(
      [real, unreal].map(({ ended }) => Promise.race([ended.then(({ errors }) => errors.map(told)), soon()])),
    );
    // What there is none of is refused as well, to those who must show what they are to listen at all.
    if (refusal) expect(same).toEqual(refusal);
    await Promise.all([real.stop(), unreal.stop()]);
    return refusal === undefined;
  });
});

/** A refusal was on its way before another request was answered. */
const soon = async (): Promise<undefined> => void (await as().run("{ position }"));

/** Every way to ask for a thing by what names it. */
const asking: [field: string, of: keyof Setting, ask: (name: string) => string][] = [
  ["auditTrail", "event", (id) => `{ auditTrail(of: "${id}") { nodes { at } } }`],
  ["auditTrail", "campaign", (id) => `{ auditTrail(of: "${id}") { nodes { at } } }`],
  ["auditTrail", "organization", (id) => `{ auditTrail(of: "${id}") { nodes { at } } }`],
  ["campaign", "campaignSlug", (slug) => `{ campaign(slug: "${slug}") { id } }`],
  ["campaignStaff", "campaign", (id) => `{ campaignStaff(campaignId: "${id}") { email } }`],
  ["checkInCode", "event", (id) => `{ checkInCode(eventId: "${id}") { code } }`],
  ["dispatchNames", "dispatch", (id) => `{ dispatchNames(dispatchId: "${id}") { nodes { email } } }`],
  ["duty", "event", (id) => `{ duty(eventId: "${id}") { nodes { name } } }`],
  ["dispatchNames", "dispatch", (id) => `{ dispatchNames(dispatchId: "${id}") { nodes { email } } }`],
  ["event", "event", (id) => `{ event(id: "${id}") { id } }`],
  ["eventContact", "event", (id) => `{ eventContact(eventId: "${id}") { isPublic } }`],
  ["eventImport", "import", (id) => `{ eventImport(id: "${id}") { id } }`],
  ["eventRoster", "event", (id) => `{ eventRoster(eventId: "${id}") { csv } }`],
  ["eventRsvps", "event", (id) => `{ eventRsvps(eventId: "${id}") { nodes { since } } }`],
  ["events", "campaign", (id) => `{ events(filter: { campaignId: "${id}" }) { nodes { id } pageInfo { endCursor } } }`],
  ["city", "campaign", (id) => `{ city(slug: "minneapolis-mn") { turnout(campaign: "${id}") { scheduled } } }`],
  ["node", "demand", (id) => `{ node(id: "${id}") { id } }`],
  ["nodes", "shift", (id) => `{ nodes(ids: ["${id}"]) { id } }`],
  ["organization", "organizationSlug", (slug) => `{ organization(slug: "${slug}") { id } }`],
  [
    "organizationMembers",
    "organization",
    (id) => `{ organizationMembers(organizationId: "${id}") { nodes { email } } }`,
  ],
  [
    "organizationQualifications",
    "organization",
    (id) => `{ organizationQualifications(organizationId: "${id}") { nodes { name } } }`,
  ],
  [
    "qualificationRequests",
    "organization",
    (id) => `{ qualificationRequests(organizationId: "${id}") { nodes { name } } }`,
  ],
  ["peacekeeperContact", "present", (id) => `{ peacekeeperContact(signupId: "${id}") { phone } }`],
  ["removedEvent", "event", (id) => `{ removedEvent(id: "${id}") { id } }`],
  ["reviewQueue", "campaign", (id) => `{ reviewQueue(campaignId: "${id}") { nodes { id } totalCount } }`],
  ["trainingAttendees", "event", (id) => `{ trainingAttendees(eventId: "${id}") { nodes { rsvpId } } }`],
];

test("asks in every way there is", () => {
  const fields = Object.values(theSchema().getQueryType()!.getFields());
  const naming = fields.filter(({ args }) => args.some(({ type }) => /^\[?(ID|String)!/.test(String(type))));
  const listed = asking.map(([field]) => field).filter((field) => field !== "events");
  expect([...new Set(listed)].sort()).toEqual(
    naming
      .map(({ name }) => name)
      .filter((name) => name !== "changes")
      .sort(),
  );
});

test.each(asking)("%s answers for a hidden %s as for none", async (_field, of, ask) => {
  const secret = foreign[of]!;
  const none = secret.replace(/[0-9a-f]{8}$/, "00000000");
  for (const role of roles) {
    // The site's staff know of every organization and campaign, and read every trail.
    if (role === "siteStaff") continue;
    const say = async (name: string): Promise<unknown> => {
      const { body } = await as(people[role]).run(ask(name));
      return [role, body.data, body.errors?.map(told)];
    };
    expect(await say(secret)).toEqual(await say(none));
  }
});
