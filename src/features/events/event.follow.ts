import type { Transaction } from "../../platform/database/transact.js";
import type { Scope, Sql } from "../../platform/reading/shape.js";
import type { Event } from "./event.js";
import type { FollowReason } from "./event.values.js";

/** SQL: the reader, who is signed in, is told of the event for this reason. */
export const follows = (row: string, because: FollowReason, scope: Scope): Sql =>
  `EXISTS (SELECT 1 FROM event_follows mine WHERE mine.event_id = ${row}.id AND mine.because = '${because}'
     AND mine.person_id = ${scope.bind((run) => run.ctx.viewer!.personId, "uuid")})`;

/**
 * From now on the person (or each of them) is told of changes of the event. Whoever is told for another reason already
 * goes on from where that stands: a change that is not told yet is not lost.
 */
export async function follow(
  tx: Transaction,
  { id, version }: Pick<Event, "id" | "version">,
  personId: string | string[],
  because: FollowReason,
): Promise<void> {
  await tx.db.query(
    `INSERT INTO event_follows (event_id, person_id, because, since, told_version)
     SELECT $1, p, $3, $4, COALESCE(
       (SELECT min(told_version) FROM event_follows WHERE event_id = $1 AND person_id = p), $5)
     FROM unnest($2::uuid[]) p ON CONFLICT DO NOTHING`,
    [id, [personId].flat(), because, tx.now(), version],
  );
}

/** For this reason the person (or each of them) is told no longer; another reason stays. */
export async function unfollow(
  tx: Transaction,
  { id }: Pick<Event, "id">,
  personId: string | string[],
  because: FollowReason,
): Promise<void> {
  await tx.db.query(`DELETE FROM event_follows WHERE event_id = $1 AND person_id = ANY ($2) AND because = $3`, [
    id,
    [personId].flat(),
    because,
  ]);
}
