import type { Transaction } from "../../platform/database/transact.js";
import type { Sql } from "../../platform/reading/shape.js";
import { ClaimObstacle, isKnown, km, type LockedShift, obstacles, publicPoint, standingsOf } from "../shifts/index.js";
import type { CallOutRow } from "./call.js";

/** What does not keep anybody from helping out: a coordinator asks them. */
export const passed: ClaimObstacle[] = [
  ClaimObstacle.NOT_OPEN_YET,
  ClaimObstacle.SHIFT_CLOSED,
  ClaimObstacle.SHIFT_STARTED,
];

/** How often one person may be asked in 24 hours, whoever asks. */
const mostADay = 3;

/** SQL: they were asked as often as they may be. */
const askedEnough = (person: Sql, now: Sql): Sql =>
  `(SELECT count(*) FROM cover_requests r WHERE r.person_id = ${person} AND r.asked_at > ${now} - interval '1 day') >= ${mostADay}`;

/**
 * SQL for whom to ask: on call, near enough, not asked in this call-out, and none who has declined for this shift. Known
 * ones come before those whom no coordinator has confirmed yet; then the nearer, by tens of km, then who was asked least
 * recently. Whether somebody is cleared and free is looked at in that order, until enough are found.
 */
const ranked = (): Sql => `
  SELECT person_id AS id FROM (
    SELECT pk.person_id FROM shifts s JOIN events e ON e.id = s.event_id,
      cities c JOIN peacekeepers pk ON pk.city_id = c.id
    WHERE s.id = $1 AND pk.on_call AND ${km(["c.latitude", "c.longitude"], publicPoint("e"))} <= $3
      AND NOT EXISTS (SELECT 1 FROM cover_requests r JOIN call_outs o ON o.id = r.call_out_id
        WHERE r.person_id = pk.person_id AND (o.id = $2 OR (o.shift_id = s.id AND r.status = 'DECLINED')))
      AND NOT ${askedEnough("pk.person_id", "$4::timestamptz")}
    ORDER BY ${isKnown("e", { person: "pk.person_id", now: "$4::timestamptz" })} DESC,
      round(${km(["c.latitude", "c.longitude"], publicPoint("e"))} / 10),
      (SELECT max(r.asked_at) FROM cover_requests r WHERE r.person_id = pk.person_id) NULLS FIRST, pk.person_id
    OFFSET 0) ranked
  WHERE (SELECT ${obstacles("s", "e", { person: "ranked.person_id", now: "$4::timestamptz" })}
         FROM shifts s JOIN events e ON e.id = s.event_id WHERE s.id = $1) <@ $5::text[] LIMIT $6`;

/** Whom to ask next: looked at once more when their rows are locked, for two call-outs may have found the same. */
export async function nextToAsk(
  tx: Transaction,
  at: LockedShift,
  { id, withinKm }: CallOutRow,
  most: number,
): Promise<string[]> {
  const found: { id: string }[] = await tx.db.query(ranked(), [at.shift.id, id, withinKm, tx.now(), passed, most]);
  const people = found.map((one) => one.id);
  const standings = await standingsOf(tx, at, people);
  const free = standings.filter((one) => one.obstacles.every((obstacle) => passed.includes(obstacle)));
  const rows: { id: string }[] = await tx.db.query(
    `SELECT p.id FROM unnest($1::uuid[]) AS p(id) WHERE NOT ${askedEnough("p.id", "$2::timestamptz")}`,
    [free.map(({ personId }) => personId), tx.now()],
  );
  return rows.map((row) => row.id);
}
