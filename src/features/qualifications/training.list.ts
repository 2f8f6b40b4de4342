import { audit } from "../../platform/audit/audit.js";
import { allow, type Context, signedIn } from "../../platform/context.js";
import { fromGlobalId, toGlobalId } from "../../platform/database/ids.js";
import { transact } from "../../platform/database/transact.js";
import { type Page, readPage, type SealedList } from "../../platform/reading/page.js";
import { canCoordinate, canManage, lockEvent } from "../events/index.js";
import type { TrainingAttendeesArgs } from "./training.inputs.js";
import type { TrainingAttendee } from "./training.js";

/** Who holds places at a training, in the order of arrival, for those who record attendance; names for those who manage it. */
export function trainingAttendees(
  ctx: Context,
  { eventId, ...page }: TrainingAttendeesArgs,
): Promise<Page<TrainingAttendee>> {
  const viewer = signedIn(ctx);
  return transact(ctx, "trainingAttendees", async (tx) => {
    const event = await lockEvent(tx, fromGlobalId("Event", eventId, "eventId"), "pessimistic_read");
    allow(canCoordinate(viewer, event), "see who attends: those who manage the event and its coordinators may");
    await audit(tx, { type: "Event", id: event.id, scopes: [event.id, event.campaignId] });
    return readPage(tx, attendeesOf(tx, event.id, canManage(viewer, event)), page);
  });
}

type Row = { id: string; nameSealed: Buffer | null; attended: boolean };

const attendeesOf = ({ secrets }: Context, eventId: string, named: boolean): SealedList<Row, TrainingAttendee> => ({
  of: ["trainingAttendees", eventId],
  columns: `r.id, CASE WHEN $2 AND r.show_name THEN r.name_sealed END AS "nameSealed",
    EXISTS (SELECT 1 FROM qualifications q JOIN attendances a ON a.qualification_id = q.id
            WHERE q.person_id = r.person_id AND a.event_id = r.event_id) AS attended`,
  from: "rsvps r JOIN trainings t ON t.event_id = r.event_id",
  where: "r.event_id = $1 AND r.status = 'GOING'",
  values: [eventId, named],
  order: ["r.since", "r.id"],
  open: ({ id, nameSealed, attended }) => ({
    rsvpId: toGlobalId("Rsvp", id),
    name: nameSealed && secrets.open(nameSealed),
    attended,
  }),
});
