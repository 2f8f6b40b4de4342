import type { EventRow } from "../events/index.js";
import { isPublicEvent, onInsert, onMerge, onWrite } from "../events/index.js";
import { lockTurnouts, settleTurnouts } from "./settle.js";

const factsIn = ({ cityId, occurrence, ...event }: EventRow): string =>
  JSON.stringify([cityId, occurrence, isPublicEvent(event)]);

/** What is public counts as scheduled from the start. */
onInsert.push(async (tx, events) => {
  const open = events.filter(isPublicEvent).map(({ id }) => id);
  await settleTurnouts(tx, open);
});

/** What is no longer public, is called off or moves to another city takes its people along. */
onWrite.push(async (tx, before, after) => {
  if (factsIn(before) !== factsIn(after)) await settleTurnouts(tx, [after.id]);
});

/** Both were the same crowd: what was reported of the duplicate was reported of the event that stays. */
onMerge.push(async (tx, from, into) => {
  await lockTurnouts(tx, [from.id, into.id]);
  await tx.db.query(
    `UPDATE turnout_reports SET event_id = $2, late = (SELECT closed IS NOT NULL FROM turnouts WHERE event_id = $2)
     WHERE event_id = $1`,
    [from.id, into.id],
  );
  await settleTurnouts(tx, [from.id, into.id]);
});
