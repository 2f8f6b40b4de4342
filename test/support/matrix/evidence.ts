import { ImportProblem } from "../../../src/features/imports/index.js";
import { fromGlobalId, newId, toGlobalId } from "../../../src/platform/database/ids.js";
import type { openWorld } from "../world.js";
import { cast } from "./people.js";
import { does, setting } from "./setting.js";

type World = ReturnType<typeof openWorld>;

/** A place that only some may know. */
export const place = {
  venue: "The hall",
  addressLines: ["1 Hidden Street"],
  locality: "A hamlet",
  postalCode: "55499",
  latitude: 44.901_234_5,
  longitude: -93.301_234_5,
  accuracyMeters: 71,
  marchRoute: {
    type: "LineString",
    coordinates: [
      [-93.3, 44.9],
      [-93.4, 45],
    ],
  },
};

/** The ids of all that is there. */
export type Evidence = Awaited<ReturnType<typeof evidence>>["ids"];

/** A setting, where each field that not everybody sees has a value. */
export async function evidence(world: World) {
  const people = await cast(world);
  const [open, hidden] = [await setting(world, people, false), await setting(world, people, true)];
  const made = open as Required<typeof open>;
  const { event, twin, campaign } = made;
  const { db } = world.server().services;
  const raw = (type: string, id: string): string => fromGlobalId(type, id, "id");

  const edit = {
    version: 1,
    ...place,
    locationPrecision: "CITY",
    exactAfterRsvp: true,
    contact: { phone: "555 0199" },
  };
  await does(world, people.admin, "editEvent", { eventId: event, ...edit });
  await does(world, people.admin, "editEvent", {
    eventId: twin,
    version: 1,
    ...place,
    locationPrecision: "APPROXIMATE",
  });
  await does(world, people.peacekeeper, "makeCalendarLink", {}, "url");
  await does(world, people.staff, "trustOrganization", { campaignId: campaign, organizationId: made.ours });
  await does(world, people.admin, "requestParent", { organizationId: made.organization, parentId: made.other });
  await does(world, people.peacekeeper, "updatePeacekeeper", { name: "Ana", phone: "+16125550123" });
  await world.as(people.admin).run(`{ peacekeeperContact(signupId: "${made.held}") { name } }`);
  const named = { dispatchId: made.dispatch, email: people.stranger!.email };
  await does(world, people.admin, "namePeacekeeper", named);
  const count = { eventId: event, count: 5 };
  const counted = await does(world, people.reporter, "reportTurnout", count, "report { id }");
  const doubtful = { campaignId: campaign, reporterIds: [made.turnoutReporter], reason: "A reason" };
  await does(world, people.staff, "quarantineReporters", doubtful);
  await does(world, people.admin, "closeTurnout", { eventId: event });
  await does(world, people.coordinator, "setStaffing", { eventId: event, expectedTurnout: 4_321 });
  for (const { templateRun, shift } of [made, hidden])
    await db.query("UPDATE shifts SET template_run_id = $1 WHERE id = $2", [
      raw("ShiftTemplateRun", templateRun),
      raw("Shift", shift),
    ]);
  const request = { organizationId: made.organization, kind: "MARSHAL_TRAINING" };
  const decided = await does(world, people.attendee, "requestQualification", request, "qualification { id }");
  await does(world, people.admin, "clearQualification", { qualificationId: decided.qualification.id });
  await db.query(
    "INSERT INTO kept_hours (person_id, shifts, minutes) SELECT person_id, 1, 60 FROM memberships WHERE organization_id = $1",
    [raw("Organization", made.organization)],
  );
  await db.query("UPDATE events SET review_note = 'A note' WHERE id = $1", [raw("Event", event)]);
  await db.query("UPDATE organizations SET review_reason = 'A reason' WHERE id = $1", [
    raw("Organization", hidden.organization),
  ]);
  const problem = { id: newId(), importId: raw("EventImport", made.import), line: 2, field: null, reason: "A fault" };
  await db.insert(ImportProblem, problem);
  const ids = {
    ...made,
    rejected: hidden.organization,
    report: counted.report.id as string,
    problem: toGlobalId("ImportProblem", problem.id),
    reviewItem: event.replace("event", "review_item"),
  };
  return { people, ids, hidden };
}
