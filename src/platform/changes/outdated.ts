import type { Pool } from "pg";
import type { Change } from "./change.js";
import { ChangeKind } from "./kind.js";
import { formatPosition, parsePosition } from "./position.js";

const idsOf = ({ subjectId, scopes }: Change): string[] => [subjectId, ...scopes];

const publishedSql = `
  SELECT DISTINCT ON (subject_id) subject_id, xid, id FROM changes
  WHERE kind = '${ChangeKind.PUBLISHED}' AND topic = $1 AND subject_id = ANY ($2)
  ORDER BY subject_id, xid DESC, id DESC`;

/**
 * Those of the changes that are told by the publication, later in the log, of what they are about or belong to: nobody learns
 * from them what something went through before it was public. The topic is that of the publications.
 */
export async function outdated(db: Pool, topic: string, changes: readonly Change[]): Promise<Set<Change>> {
  if (changes.length === 0) return new Set();
  const { epoch } = parsePosition(changes[0]!.position, "");
  const { rows } = await db.query<{ subject_id: string; xid: string; id: string }>(publishedSql, [
    topic,
    [...new Set(changes.flatMap(idsOf))],
  ]);
  const published = new Map(
    rows.map((row) => [row.subject_id, formatPosition({ epoch, xid: BigInt(row.xid), id: BigInt(row.id) })]),
  );
  return new Set(changes.filter((change) => idsOf(change).some((id) => (published.get(id) ?? "") > change.position)));
}
