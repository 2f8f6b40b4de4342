import { deepStrictEqual } from "node:assert";
import { sumsOfCampaign } from "../src/features/staffing/staffing.sums.js";
import { openDatabase } from "./support/database.js";
import { judge, median, print } from "./support/figures.js";
import { startRallygraph } from "./support/rallygraph.js";
import { filledSql, peopleSql, rallySql } from "./support/shifts.js";

const rallies = 3_000;
const shiftsOfEach = 20;
const people = 100_000;
const rounds = 20;

/** The same figures from the sign-ups themselves: what a board without counts on the shifts would have to read. */
const fromSignups = `
  SELECT count(*)::int AS shifts, sum(s.minimum)::int AS needed, sum(s.capacity)::int AS capacity, sum(g.taken)::int AS taken,
    sum(g.confirmed)::int AS confirmed, sum(g.on_duty)::int AS on_duty, sum(GREATEST(s.minimum - g.confirmed, 0))::int AS gap
  FROM events e JOIN shifts s ON s.event_id = e.id
  JOIN (SELECT s.id,
      count(g.id) FILTER (WHERE g.status IN ('REQUESTED', 'OFFERED', 'CONFIRMED', 'SWAP_OFFERED', 'CHECKED_IN', 'COMPLETED', 'LEFT_EARLY')) AS taken,
      count(g.id) FILTER (WHERE g.status IN ('CONFIRMED', 'SWAP_OFFERED', 'CHECKED_IN', 'COMPLETED', 'LEFT_EARLY')) AS confirmed,
      count(g.id) FILTER (WHERE g.status = 'CHECKED_IN') AS on_duty
    FROM shifts s LEFT JOIN shift_signups g ON g.shift_id = s.id GROUP BY s.id) g ON g.id = s.id
  WHERE e.campaign_id = $1 AND e.review = 'APPROVED' AND e.record = 'LIVE' AND e.occurrence NOT IN ('POSTPONED', 'CANCELLED')
    AND s.status IN ('OPEN', 'CLOSED')`;

/** The board of a campaign of 3,000 rallies and 60,000 shifts: our statement beside adding up the sign-ups. */
export async function board(): Promise<void> {
  const database = await openDatabase();
  const ours = startRallygraph(database);
  try {
    await ours.ask("url");
    await database.query(rallySql, [rallies, shiftsOfEach, 8]);
    await database.query(peopleSql, [people]);
    await database.query(filledSql);
    await database.query("VACUUM ANALYZE");
    const [campaign] = await database.query<{ id: string; signups: number }>(
      "SELECT id, (SELECT count(*)::int FROM shift_signups) AS signups FROM campaigns",
    );
    const [counted, summed] = [`SELECT * FROM ${sumsOfCampaign("$1::uuid")} board`, fromSignups];
    const read = async (sql: string): Promise<Record<string, number>> =>
      (await database.query<Record<string, number>>(sql, [campaign!.id]))[0]!;
    const [board, sums] = [await read(counted), await read(summed)];
    deepStrictEqual(Object.fromEntries(Object.keys(sums).map((name) => [name, board[name]])), sums);
    const ms: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round++)
      for (const [side, sql] of [counted, summed].entries()) {
        const before = performance.now();
        await read(sql);
        ms[side]!.push(performance.now() - before);
      }
    const [our, their] = ms.map(median) as [number, number];
    print(
      `board: ${rallies} rallies, ${rallies * shiftsOfEach} shifts, ${campaign!.signups} sign-ups, ${rounds} rounds each`,
      {
        "from the shifts, ms": our.toFixed(1),
        "from the sign-ups, ms": their.toFixed(1),
      },
    );
    judge("times as fast as adding up the sign-ups", their / our, { least: 5 });
  } finally {
    await ours.stop();
    await database.close();
  }
}
