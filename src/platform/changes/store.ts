import type { Pool, ClientBase } from "pg";
import type { Context } from "../context.js";
import { prepared } from "../database/prepared.js";
import type { Change, NewChange } from "./change.js";
import { comparePositions, formatPosition, lastId, type Position } from "./position.js";

/** Writes what a transaction has recorded: its last statement, so that the locks of the log are short. */
export async function writeChanges(tx: Pick<Context, "db" | "pool">, changes: NewChange[]): Promise<void> {
  if (changes.length === 0) return;
  const rows = changes.map(({ topic, kind, subjectId, scopes }) => ({ topic, kind, subject_id: subjectId, scopes }));
  await insert(tx, [JSON.stringify(rows)]);
}

const insert = prepared(
  "changes",
  `INSERT INTO changes (topic, kind, subject_id, scopes) SELECT topic, kind, subject_id, scopes
   FROM json_to_recordset($1::json) AS c(topic text, kind text, subject_id uuid, scopes uuid[])`,
);

interface Row {
  xid: string;
  id: string;
  topic: string;
  kind: string;
  subject_id: string;
  scopes: string[];
}

/** A stretch of the log and where it ends. */
interface Stretch {
  changes: Change[];
  /** Where the next stretch begins. */
  end: Position;
  /** More settled rows wait behind `end`. */
  more: boolean;
  /** Rows are committed that an older, still open transaction keeps from being settled. */
  unsettled: boolean;
}

// A row is settled once every transaction that could still commit before it has ended: sequences and
// transaction ids are taken in another order than transactions commit in (TRAPS 6).
// They come as JSON, which is read several times as fast as rows are.
const stretchSql = `
  SELECT s.horizon, EXISTS (SELECT 1 FROM changes WHERE xid >= s.horizon) AS unsettled, c.rows
  FROM (SELECT pg_snapshot_xmin(pg_current_snapshot()) AS horizon) s, LATERAL (
    SELECT json_agg(json_build_object('xid', xid::text, 'id', id::text, 'topic', topic, 'kind', kind,
      'subject_id', subject_id, 'scopes', scopes) ORDER BY xid, id) AS rows
    FROM (SELECT xid, id, topic, kind, subject_id, scopes FROM changes
    WHERE (xid, id) > ($1::text::xid8, $2::bigint) AND xid < s.horizon
      AND ($3::text[] IS NULL OR topic = ANY ($3) OR EXISTS (SELECT 1 FROM unnest(scopes) AS scope WHERE topic || ':' || scope = ANY ($3)))
      AND ($5::text[] IS NULL OR topic = ANY ($5))
    ORDER BY xid, id LIMIT $4) settled
  ) c`;

/** Reads settled changes after a position, of some rooms or topics or of all. */
export async function readStretch(
  db: Pool | ClientBase,
  after: Position,
  {
    rooms = null,
    topics = null,
    limit = 500,
  }: { rooms?: string[] | null; topics?: string[] | null; limit?: number } = {},
): Promise<Stretch> {
  const found = await db.query<{ horizon: string; unsettled: boolean; rows: Row[] | null }>(stretchSql, [
    after.xid.toString(),
    after.id.toString(),
    rooms,
    limit,
    topics,
  ]);
  const { horizon, unsettled, rows } = found.rows[0]!;
  const changes = (rows ?? []).map((row) => toChange(after.epoch, row));
  const more = changes.length === limit;
  const settled = { epoch: after.epoch, xid: BigInt(horizon) - 1n, id: lastId };
  const last = rows?.at(-1);
  const end = more && last ? { epoch: after.epoch, xid: BigInt(last.xid), id: BigInt(last.id) } : settled;
  return { changes, end: comparePositions(end, after) > 0 ? end : after, more, unsettled };
}

/** Reads what is committed after a position, also what an older, still open transaction keeps from being settled. */
export async function readAhead(db: Pool | ClientBase, after: Position, topics: string[]): Promise<Change[]> {
  const { rows } = await db.query<Row>(
    `SELECT xid, id, topic, kind, subject_id, scopes FROM changes
     WHERE (xid, id) > ($1::text::xid8, $2::bigint) AND topic = ANY ($3) ORDER BY xid, id`,
    [after.xid.toString(), after.id.toString(), topics],
  );
  return rows.map((row) => toChange(after.epoch, row));
}

const toChange = (epoch: number, row: Row): Change => ({
  position: formatPosition({ epoch, xid: BigInt(row.xid), id: BigInt(row.id) }),
  topic: row.topic,
  kind: row.kind,
  subjectId: row.subject_id,
  scopes: row.scopes,
});

/** How far back the log reaches, and where its settled end is. */
export async function readBounds(db: Pool | ClientBase): Promise<{ floor: Position; head: Position }> {
  const { rows } = await db.query<{ epoch: number; xid: string; id: string; horizon: string }>(
    `SELECT epoch, floor_xid AS xid, floor_id AS id, pg_snapshot_xmin(pg_current_snapshot()) AS horizon FROM change_log`,
  );
  const { epoch, xid, id, horizon } = rows[0]!;
  return {
    floor: { epoch, xid: BigInt(xid), id: BigInt(id) },
    head: { epoch, xid: BigInt(horizon) - 1n, id: lastId },
  };
}

/** Whether the log still has everything after a position. A position of another epoch, or one that is not yet, is foreign. */
export const reaches = (bounds: { floor: Position; head: Position }, after: Position): boolean =>
  after.epoch === bounds.floor.epoch &&
  comparePositions(after, bounds.floor) >= 0 &&
  after.xid <= bounds.head.xid + 1_000_000n;

/**
 * Begins a new epoch when the rows of the log are not of this cluster's past, as after a restore into another
 * cluster: new rows would sort before old ones. Readers of the old epoch are told to read everything again.
 */
export async function openLog(client: ClientBase): Promise<void> {
  await client.query(`INSERT INTO change_log (epoch, floor_xid, floor_id) VALUES (1, '0', 0) ON CONFLICT DO NOTHING`);
  const { rows } = await client.query(
    `SELECT 1 FROM change_log WHERE floor_xid >= pg_current_xact_id()
     UNION ALL SELECT 1 FROM changes WHERE xid >= pg_current_xact_id() LIMIT 1`,
  );
  if (rows.length === 0) return;
  await client.query(`TRUNCATE changes`);
  await client.query(`UPDATE change_log SET epoch = epoch + 1, floor_xid = '0', floor_id = 0`);
}

/** Forgets changes recorded before a time and moves the floor behind them. */
export async function pruneLog(pool: Pool, before: Date): Promise<void> {
  await pool.query(
    `WITH gone AS (DELETE FROM changes WHERE recorded_at < $1 RETURNING xid, id),
          last AS (SELECT xid, id FROM gone ORDER BY xid DESC, id DESC LIMIT 1)
     UPDATE change_log SET floor_xid = last.xid, floor_id = last.id FROM last
     WHERE (change_log.floor_xid, change_log.floor_id) < (last.xid, last.id)`,
    [before],
  );
}
