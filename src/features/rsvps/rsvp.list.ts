import { audit } from "../../platform/audit/audit.js";
import { allow, type Context, signedIn } from "../../platform/context.js";
import { fromGlobalId } from "../../platform/database/ids.js";
import { transact } from "../../platform/database/transact.js";
import { type Page, readPage, type SealedList } from "../../platform/reading/page.js";
import { canManage, lockEvent } from "../events/index.js";
import type { EventRsvpsArgs } from "./rsvp.inputs.js";
import type { EventRsvp } from "./rsvp.js";

/** Who comes and who waits, in the order of arrival. That somebody has looked is kept: there may be names. */
export function eventRsvps(ctx: Context, { eventId, ...page }: EventRsvpsArgs): Promise<Page<EventRsvp>> {
  const viewer = signedIn(ctx);
  return transact(ctx, "eventRsvps", async (tx) => {
    const event = await lockEvent(tx, fromGlobalId("Event", eventId, "eventId"), "pessimistic_read");
    allow(canManage(viewer, event), "see the RSVPs of this event: those who manage it may");
    await audit(tx, { type: "Event", id: event.id, scopes: [event.id, event.campaignId] });
    return readPage(tx, comersOf(tx, event.id), page);
  });
}

type Row = Omit<EventRsvp, "name"> & { nameSealed: Buffer | null };

const comersOf = ({ secrets }: Context, eventId: string): SealedList<Row, EventRsvp> => ({
  of: ["rsvps", eventId],
  columns: `guests, status, since, CASE WHEN show_name THEN name_sealed END AS "nameSealed"`,
  from: "rsvps r",
  where: "event_id = $1 AND status IN ('GOING', 'WAITLISTED')",
  values: [eventId],
  order: ["r.since", "r.id"],
  open: ({ guests, status, since, nameSealed }) => ({
    guests,
    status,
    since,
    name: nameSealed && secrets.open(nameSealed),
  }),
});
