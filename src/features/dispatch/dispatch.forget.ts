import { forget, someAtATime } from "../../platform/database/forget.js";
import { beforeForgetting } from "../shifts/index.js";
import { standing } from "./dispatch.shape.js";

/** Erases who was named; how many were named, and stood there, stays. */
beforeForgetting.push(async (pool, before) => {
  const over = "event_id IN (SELECT id FROM events WHERE span_ends_at < $1)";
  const uncounted = { table: "dispatch_pledges", where: `stood IS NULL AND ${over}`, values: [before], rows: 1_000 };
  await someAtATime(pool, `UPDATE dispatch_pledges SET stood = ${standing("dispatch_pledges")}`, uncounted);
  const counted = `pledge_id IN (SELECT id FROM dispatch_pledges WHERE stood IS NOT NULL AND ${over})`;
  const told = `kind = 'dispatch-named' AND EXISTS (SELECT 1 FROM dispatch_names n
    WHERE n.${counted} AND letters.key = n.pledge_id || ':' || n.person_id)`;
  await forget(pool, "letters", told, before);
  await forget(pool, "dispatch_names", counted, before);
});
