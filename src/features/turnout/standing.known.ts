import { LRUCache } from "lru-cache";
import type { Pool } from "pg";
import type { Context } from "../../platform/context.js";
import type { Ground, KnownReports } from "./standing.js";

const mostReports = 100_000;

type Known = LRUCache<string, KnownReports>;

// A process may have several nodes, as tests do.
const nodes = new WeakMap<Pool, Known>();

const madeFor = (pool: Pool): Known => {
  const known: Known = new LRUCache({ maxSize: mostReports, sizeCalculation: ({ reports }) => reports.length + 1 });
  nodes.set(pool, known);
  return known;
};

/**
 * The reports that count of events, by the event, as this node has last read or written them. They are the ones of the
 * database while its stamp is theirs: each settling, on any node, has another one, and one that was rolled back is nobody's.
 */
export const knownReports = ({ pool }: Pick<Context, "pool">): Known => nodes.get(pool) ?? madeFor(pool);

/** What the reports of these events have come to is stamped. */
export function keepReports(ctx: Pick<Context, "pool">, grounds: Ground[], stamp: string): void {
  const known = knownReports(ctx);
  for (const { fact, reports } of grounds) known.set(fact.eventId, { stamp, reports });
}
