import type { Context } from "../../platform/context.js";
import { prepared } from "../../platform/database/prepared.js";
import type { Transaction } from "../../platform/database/transact.js";
import { coordinatorLetter, tellCoordinators } from "./coordinator.letters.js";
import { neededNow } from "./staffing.sql.js";

interface Needed {
  eventId: string;
  needed: number;
  standing: number;
}

let readNeeded: ReturnType<typeof prepared<Needed>> | undefined;

/** Those of the events at which fewer stand than those need who came; not where nobody knows how many those are. */
async function missing(ctx: Context, eventIds: string[]): Promise<Needed[]> {
  // Made when it is first needed: by then higher features have said how they know crowds.
  readNeeded ??= prepared<Needed>("needed_now", neededNow());
  const rows = await readNeeded(ctx, [eventIds, ctx.now()]);
  return rows.filter(({ needed, standing }) => needed > standing);
}

const outgrown = coordinatorLetter<{ eventId: string }>("staffing-outgrown", async (ctx, { eventId }) => {
  const [few = null] = await missing(ctx, [eventId]);
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
export async function tellOutgrown(tx: Transaction, eventIds: string[]): Promise<void> {
  if (eventIds.length > 0) for (const few of await missing(tx, eventIds)) await tellFew(tx, few);
}

async function tellFew(tx: Transaction, { eventId, needed }: Needed): Promise<void> {
  const told: unknown[] = await tx.db.query(
    `INSERT INTO staffing_plans AS p (event_id, told_target) VALUES ($1, $2)
     ON CONFLICT (event_id) DO UPDATE SET told_target = $2 WHERE p.told_target IS NULL OR $2 * 2 >= p.told_target * 3
     RETURNING event_id`,
    [eventId, needed],
  );
  if (told.length > 0) await tellCoordinators(tx, outgrown, { eventId }, `${needed}:${tx.now().toISOString()}`);
}
