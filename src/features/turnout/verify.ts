import type { Context, Services } from "../../platform/context.js";
import { systemContext } from "../../platform/context.js";
import { transact } from "../../platform/database/transact.js";
import { isOn, isPublic } from "../events/index.js";
import { settleTurnouts } from "./settle.js";
import { summed, sumNames } from "./settle.sql.js";
import { groundsOf, standingOf } from "./standing.js";

const batch = 500;

/** What should be equal and is not, in words; empty when every number is what its reports come to. */
export interface Verdict {
  events: number;
  faults: string[];
}

/** Counts everything again, of one moment, also while reports come in: events from their reports, sums from the events. */
export function verifyTurnouts(services: Services): Promise<Verdict> {
  const ctx = systemContext(services);
  return services.db.transaction("REPEATABLE READ", async (db) => {
    const at = { ...ctx, db };
    const ids = await idsOf(at, "SELECT event_id AS id FROM turnouts ORDER BY event_id");
    const faults = [...(await missing(at)), ...(await wrongSums(at)), ...(await wrongHistory(at))];
    for (let n = 0; n < ids.length; n += batch) faults.push(...(await wrongStandings(at, ids.slice(n, n + batch))));
    return { events: ids.length, faults };
  });
}

const idsOf = async ({ db }: Pick<Context, "db">, sql: string, values: unknown[] = []): Promise<string[]> =>
  (await db.query<{ id: string }[]>(sql, values)).map(({ id }) => id);

const withoutRow = `SELECT e.id FROM events e WHERE NOT EXISTS (SELECT 1 FROM turnouts t WHERE t.event_id = e.id)
  AND (${isPublic("e")} AND ${isOn("e")} OR EXISTS (SELECT 1 FROM turnout_reports r WHERE r.event_id = e.id))`;

const missing = async (ctx: Pick<Context, "db">): Promise<string[]> =>
  (await idsOf(ctx, withoutRow)).map((id) => `event ${id}: is in no total`);

/** Each event's row against what its reports come to. */
async function wrongStandings(ctx: Pick<Context, "db" | "pool">, ids: string[]): Promise<string[]> {
  const grounds = await groundsOf(ctx, ids);
  const faults: string[] = await ctx.db.query(
    `SELECT format('event %s: is %s, should be %s', n.event_id, to_jsonb(t), to_jsonb(n)) AS fault
     FROM jsonb_populate_recordset(NULL::turnouts, $1::jsonb) n JOIN turnouts t ON t.event_id = n.event_id
     WHERE to_jsonb(t) - $2::text[] <> to_jsonb(n) - $2::text[]`,
    [
      JSON.stringify(grounds.map(standingOf)),
      ["version", "changed_at", "closed", "closing_report_id", "reports_stamp"],
    ],
  );
  return faultsOf(faults);
}

const faultsOf = (rows: unknown): string[] => (rows as { fault: string }[]).map(({ fault }) => fault);

const sumsOf = (row: string): string => sumNames.map((name) => `COALESCE(${row}.${name}, 0)`).join(", ");

/** The kept sums against those of the events' rows. */
async function wrongSums({ db }: Pick<Context, "db">): Promise<string[]> {
  return faultsOf(
    await db.query(
      `SELECT format('campaign %s, city %s: is %s, should be %s', campaign_id, city_id, to_jsonb(k), to_jsonb(s)) AS fault
       FROM turnout_totals k FULL JOIN (${summed("(SELECT 1 AS sign, t.* FROM turnouts t WHERE t.counted)")}) s
         USING (campaign_id, city_id) WHERE (${sumsOf("k")}) IS DISTINCT FROM (${sumsOf("s")})`,
    ),
  );
}

/** The last kept standing of each event against its row, and that none is missing before it. */
const wrongHistory = async ({ db }: Pick<Context, "db">): Promise<string[]> =>
  faultsOf(
    await db.query(
      `SELECT format('event %s: its history ends with %s, it is %s', t.event_id, to_jsonb(h), to_jsonb(t)) AS fault
       FROM turnouts t LEFT JOIN turnout_states h ON h.event_id = t.event_id AND h.version = t.version
       WHERE t.version > 0 AND to_jsonb(h) IS DISTINCT FROM to_jsonb(t) - '{closed,closing_report_id,reports_stamp}'::text[]
       UNION ALL SELECT format('event %s: of %s standings it keeps %s', t.event_id, t.version, k.kept)
       FROM turnouts t CROSS JOIN LATERAL
         (SELECT count(*) AS kept FROM turnout_states s WHERE s.event_id = t.event_id) k
       WHERE t.version <> k.kept`,
    ),
  );

/** Gives those events a turnout that have none yet, as after an older release: when the server starts. */
export async function adoptTurnouts(services: Services): Promise<void> {
  const ctx = systemContext(services);
  for (;;) {
    const ids = await idsOf(ctx, `${withoutRow} ORDER BY e.id LIMIT $1`, [batch]);
    if (ids.length === 0) return;
    await transact(ctx, "adoptTurnouts", (tx) => settleTurnouts(tx, ids));
  }
}
