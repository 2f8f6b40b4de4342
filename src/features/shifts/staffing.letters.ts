import type { Context } from "../../platform/context.js";
import type { Transaction } from "../../platform/database/transact.js";
import { coordinatorLetter, tellCoordinators } from "./coordinator.letters.js";
import { neededNow } from "./staffing.sql.js";

interface Needed {
  needed: number;
  standing: number;
}

/** Null: as many stand there as those need who came, or nobody knows how many those are. */
async function missing(ctx: Context, eventId: string): Promise<Needed | null> {
  const [row]: Needed[] = await ctx.db.query(neededNow(), [eventId, ctx.now()]);
  return row && row.needed > row.standing ? row : null;
}

const outgrown = coordinatorLetter<{ eventId: string }>("staffing-outgrown", async (ctx, { eventId }) => {
  const few = await missing(ctx, eventId);
  return (
    few && {
      subject: "More peacekeepers are needed",
      text: `By the latest count, so many people need ${few.needed} peacekeepers; in the hour with the fewest ${few.standing} are confirmed. Raise the capacity of shifts, or ask others to come.`,
    }
  );
});

/**
 * To be called when more people are there than before: the coordinators are told when these need more peacekeepers than
 * can be counted on, and again only when they need half as many more.
 */
export async function tellOutgrown(tx: Transaction, eventId: string): Promise<void> {
  const few = await missing(tx, eventId);
  if (!few) return;
  const told: unknown[] = await tx.db.query(
    `INSERT INTO staffing_plans AS p (event_id, told_target) VALUES ($1, $2)
     ON CONFLICT (event_id) DO UPDATE SET told_target = $2 WHERE p.told_target IS NULL OR $2 * 2 >= p.told_target * 3
     RETURNING event_id`,
    [eventId, few.needed],
  );
  if (told.length > 0) await tellCoordinators(tx, outgrown, { eventId }, `${few.needed}:${tx.now().toISOString()}`);
}
