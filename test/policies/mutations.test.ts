import { randomUUID } from "node:crypto";
import { getNamedType, isInputObjectType } from "graphql";
import { theSchema } from "../../src/app/schema.js";
import type { Reply } from "../support/client.js";
import { known, type Policy } from "../support/matrix/known.js";
import { mutationPolicies } from "../support/matrix/mutations.js";
import { cast, type People, type Role, roles } from "../support/matrix/people.js";
import { personId, type Setting, setting } from "../support/matrix/setting.js";
import { told } from "../support/matrix/told.js";
import { mutationNames } from "../support/mutations.js";
import { openWorld } from "../support/world.js";

const world = openWorld();
const { as, server } = world;

type Ids = Required<Setting>;
let people: People;
let settings: Record<"open" | "hidden", Ids>;
/** What exists, and none of the people may know of. */
let foreign: Record<string, string>;

beforeAll(async () => {
  people = await cast(world);
  const others = await cast(world);
  const make = async (who: People, hidden: boolean): Promise<Ids> => (await setting(world, who, hidden)) as Ids;
  settings = { open: await make(people, false), hidden: await make(people, true) };
  const [theirs, secret] = [await make(others, false), await make(others, true)];
  const person = personId(others.member!);
  foreign = {
    ...theirs,
    ...secret,
    coverage: theirs.suggestion,
    endorsement: theirs.asked,
    signup: theirs.requested,
    swap: theirs.swap,
    cover: theirs.cover,
    callOut: theirs.callOut,
    person,
  };
  await rollBack();
});

/**
 * From now on whatever a mutation changes is rolled back when it commits, with an answer that no policy gives: so all
 * of them can be called by everybody on the same things. It is an error after which calls that were done together are
 * tried one by one: who is refused is told so.
 */
async function rollBack(): Promise<void> {
  const { db } = server().services;
  await db.query(`CREATE FUNCTION refuse_commit() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'rolled back' USING ERRCODE = 'lock_not_available'; END $$`);
  for (const table of ["audit_entries", "event_follows", "rsvps", "pledge_marks", "sessions", "sign_in_codes"])
    await db.query(`CREATE CONSTRAINT TRIGGER refuse_commit AFTER INSERT OR UPDATE OR DELETE ON ${table}
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse_commit()`);
}

/** Sends a call; ids of people are given by their roles. */
function send(name: string, role: Role, input: object): Promise<Reply> {
  if (name === "signOut") return as(people[role]).run("mutation { signOut { signedOut } }");
  const ids = Object.entries(input).map(([field, value]) => [
    field,
    field === "personId" && value in people ? personId(people[value as Role]!) : value,
  ]);
  return as(people[role]).call(name, Object.fromEntries(ids), "__typename");
}

/** MAY: it was done, and rolled back; or changed nothing; or the state of things was against it. */
const outcome = ({ code }: Reply): string =>
  ["OK", "TEMPORARILY_UNAVAILABLE", "CONFLICT"].includes(code) ? "MAY" : code;

function expected(role: Role, { about, may, missing }: Policy, where: "open" | "hidden"): string {
  if (role === "nobody" && !may.includes(role)) return "UNAUTHENTICATED";
  const who: readonly Role[] = (known[about] as Record<string, readonly Role[]>)[where]!;
  if (!who.includes(role)) return missing ?? "NOT_FOUND";
  return may.includes(role) ? "MAY" : "FORBIDDEN";
}

const policiesOf = (name: string): Policy[] => [mutationPolicies[name]!].flat();

test("has a policy for every mutation, and no other", () => {
  expect(Object.keys(mutationPolicies).sort()).toEqual(mutationNames);
});

test.each(mutationNames)(
  "%s is for those who may, forbidden to who only knows of the thing, and says to all others that there is none",
  async (name) => {
    for (const policy of policiesOf(name))
      for (const where of Object.keys(known[policy.about]) as ("open" | "hidden")[]) {
        const answers = roles.map(async (role) => {
          const reply = await send(name, role, policy.input(settings[where], role));
          return [role, outcome(reply)];
        });
        const right = roles.map((role) => [role, expected(role, policy, where)]);
        expect([where, Object.fromEntries(await Promise.all(answers))]).toEqual([where, Object.fromEntries(right)]);
      }
  },
);

/** Which of the hidden things an input's field could name. */
const things: Record<string, string> = {
  eventId: "event",
  intoEventId: "event",
  campaignId: "campaign",
  organizationId: "organization",
  parentId: "organization",
  shiftId: "shift",
  templateRunId: "templateRun",
  announcementId: "announcement",
  coverageId: "coverage",
  demandId: "demand",
  endorsementId: "endorsement",
  invitationId: "invitation",
  rsvpId: "rsvp",
  qualificationId: "qualification",
  signupId: "signup",
  swapId: "swap",
  coverId: "cover",
  callOutId: "callOut",
  reportId: "report",
  linkId: "turnoutLink",
  eventIds: "event",
  dispatchId: "dispatch",
  reporterIds: "turnoutReporter",
  personId: "person",
  apiKeyId: "apiKey",
  webhookId: "webhook",
  deliveryId: "webhookDelivery",
};

const idsOf = (name: string): string[] => {
  const type = getNamedType(theSchema().getMutationType()!.getFields()[name]!.args[0]?.type);
  const fields = isInputObjectType(type) ? Object.values(type.getFields()) : [];
  return fields.filter((field) => getNamedType(field.type).name === "ID").map((field) => field.name);
};
/** Who may do something with the rest of the input, one of each, and who may nothing. The site's staff know of all. */
const others: Role[] = [
  "nobody",
  "stranger",
  "newcomer",
  "owner",
  "coHostAdmin",
  "invitedAdmin",
  "reporter",
  "staff",
  "otherOwner",
  "invitee",
];
/** Who is asked beside them: whoever may do nothing with an input is told the same as these. */
const powerless: readonly Role[] = ["nobody", "stranger", "coHostAdmin"];
const answer = ({ body }: Reply): unknown => body.errors?.map(told) ?? "done";
const allIds = mutationNames.flatMap((name) => idsOf(name).map((field) => [name, field] as const));

test("knows what each id of an input could name: only cities are never hidden", () => {
  const others = allIds.map(([, field]) => field).filter((field) => !(field in things));
  expect([...new Set(others)]).toEqual(["cityId"]);
});

test.each(allIds.filter(([, field]) => field in things))(
  "%s says the same of a hidden %s as of one that does not exist",
  async (name, field) => {
    const hidden = foreign[things[field]!]!;
    const none = hidden.replace(/[0-9a-f]{32}$/, randomUUID().replaceAll("-", ""));
    for (const policy of policiesOf(name)) {
      const asking = others.filter((role) => powerless.includes(role) || policy.may.includes(role));
      const say = (id: string) =>
        Promise.all(
          asking.map(async (role) => [
            role,
            answer(await send(name, role, { ...policy.input(settings.open, role), [field]: id })),
          ]),
        );
      expect(await say(hidden)).toEqual(await say(none));
    }
  },
);
