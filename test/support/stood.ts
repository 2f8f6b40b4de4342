import { fromGlobalId } from "../../src/platform/database/ids.js";
import { jobsDone } from "./jobs.js";
import type { openWorld, Person } from "./world.js";

let people = 0;
/** What only they have said, to be looked for everywhere. */
function words() {
  const number = String(++people).padStart(2, "0");
  const name = `Wilhelmina Quux ${number}`;
  return { name, phone: `+161255501${number}`, text: `I am ${name}, where do I park?` };
}

/** Somebody who has done all that a peacekeeper can do at a rally of 2026-01-23. */
export async function stoodAt({ a, as, clock, server }: ReturnType<typeof openWorld>) {
  const { services } = server();
  const said = words();
  const [person, giver, union] = [
    await a.peacekeeper(),
    await a.peacekeeper(),
    await a.organization({ verified: true }),
  ];
  const event = await a.event();
  const coordinator = await a.coordinator(event);
  const done = async (by: Person, name: string, input: object, selection = "__typename") => {
    const { body, data } = await as(by).call(name, input, selection);
    if (body.errors) throw new Error(`${name}: ${body.errors[0]!.message}`);
    return data[name];
  };
  clock.now = new Date("2026-01-20T12:00:00Z");
  const { id: cityId } = await a.city();
  // Nobody of an earlier test is asked beside them.
  await services.db.query("UPDATE peacekeepers SET on_call = false");
  await done(person, "updatePeacekeeper", { name: said.name, phone: said.phone });
  await services.db.query("UPDATE peacekeepers SET on_call = true, city_id = $2 WHERE person_id = $1", [
    person.id,
    cityId,
  ]);
  await done(person, "requestQualification", { organizationId: union.id, kind: "FIRST_AID", name: said.name });
  await services.db.query(
    `INSERT INTO attendances (event_id, qualification_id, at, until) SELECT $1, id, $2, $2 FROM qualifications WHERE person_id = $3`,
    [fromGlobalId("Event", event.id, "id"), clock.now, person.id],
  );
  const admin = await a.admin(union);
  const { dispatch } = await done(
    admin,
    "promisePeacekeepers",
    { organizationId: union.id, eventId: event.id, count: 3 },
    "dispatch { id }",
  );
  await done(admin, "namePeacekeeper", { dispatchId: dispatch.id, email: person.email });
  const hours = (from: string, to: string) => ({
    startsAt: new Date(`2026-01-23T${from}Z`),
    endsAt: new Date(`2026-01-23T${to}Z`),
  });
  // A place of their own, one that they take over, one that they give, and one that they are asked to take.
  const own = await a.shift({ event, ...hours("18:00", "20:00") });
  const { signup } = await done(person, "claimShift", { shiftId: own }, "signup { id }");
  const taken = await a.shift({ event, ...hours("20:00", "20:30") });
  for (const name of ["claimShift", "offerSwap"]) await done(giver, name, { shiftId: taken });
  await done(person, "acceptSwap", { shiftId: taken });
  const given = await a.shift({ event, ...hours("16:00", "17:00") });
  for (const name of ["claimShift", "offerSwap"]) await done(person, name, { shiftId: given });
  await done(giver, "acceptSwap", { shiftId: given });
  const lacking = await a.shift({ event, ...hours("14:00", "15:00") });
  const { callOut } = await done(coordinator, "callOut", { shiftId: lacking }, "callOut { id }");
  clock.now = new Date("2026-01-23T17:50:00Z");
  const code = await done(coordinator, "replaceCheckInCode", { eventId: event.id }, "checkInCode { code }");
  await done(person, "checkInWithCode", { shiftId: own, code: code.checkInCode.code });
  await done(coordinator, "messagePeacekeepers", { to: "ON_DUTY", eventId: event.id, subject: "Rain", text: "Coats" });
  await done(person, "messageCoordinators", { shiftId: own, text: said.text });
  const look = await as(coordinator).run(`{ peacekeeperContact(signupId: "${signup.id}") { phone } }`);
  if (look.data?.peacekeeperContact.phone !== said.phone) throw new Error("The number is not shown.");
  await jobsDone(services);
  return {
    said,
    person,
    giver,
    union,
    event,
    coordinator,
    admin,
    dispatch,
    callOut,
    own,
    taken,
    given,
    lacking,
    signup,
  };
}

const columns = `SELECT table_name AS "table", column_name AS "column", data_type AS type FROM information_schema.columns
  WHERE table_schema = 'public' ORDER BY 1, 2`;

/** Where in the whole database, in any column, opened if it is sealed, one of these texts stands. */
export async function tracesOf(
  { server }: Pick<ReturnType<typeof openWorld>, "server">,
  texts: string[],
): Promise<string[]> {
  const { db, secrets } = server().services;
  const opened = (value: Buffer): string => {
    try {
      return secrets.open(value);
    } catch {
      return "";
    }
  };
  const found: string[] = [];
  const all: { table: string; column: string; type: string }[] = await db.query(columns);
  for (const { table, column, type } of all) {
    const kind = type === "bytea" ? "" : "::text";
    const rows: { value: Buffer | string | null }[] = await db.query(
      `SELECT "${column}"${kind} AS value FROM "${table}" WHERE "${column}" IS NOT NULL`,
    );
    const words = rows.map(({ value }) => (Buffer.isBuffer(value) ? opened(value) : String(value)));
    if (words.some((word) => texts.some((text) => word.includes(text)))) found.push(`${table}.${column}`);
  }
  return found;
}
