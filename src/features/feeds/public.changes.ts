import type { Pool } from "pg";
import { eventRemovedTopic, eventTopic, isPublic } from "../events/index.js";
import { campaignTopic } from "../campaigns/index.js";
import { organizationHiddenTopic, organizationTopic } from "../organizations/index.js";
import { shiftTopic } from "../shifts/index.js";
import { turnoutTopic } from "../turnout/index.js";

/** A place in the log up to which a node knows all changes. */
export interface Seen {
  epoch: number;
  xid: string;
  id: string;
}

/** A change of what everybody may see. */
export interface PublicChange {
  /** Transaction and number, fixed in width: they sort as the log does. */
  place: string;
  settled: boolean;
  /** Null where a whole campaign, or an organization, changed. */
  eventId: string | null;
}

interface Row extends PublicChange {
  horizon: string;
}

// What is about an event that the public does not find, nor found before, is no change to the public: it must not show in
// a version or an ETag. The log says `event-removed` only of what was public.
const shown = `(c.topic = '${campaignTopic}' AND k.status <> 'DRAFT') OR ${isPublic("e")} OR c.topic = '${eventRemovedTopic}'
  OR (c.topic = '${organizationTopic}' AND o.status = 'LISTED') OR c.topic = '${organizationHiddenTopic}'`;
const ofEvents = [eventTopic, eventRemovedTopic, turnoutTopic, shiftTopic];
const topics = [...ofEvents, campaignTopic, organizationTopic, organizationHiddenTopic];
const place = `lpad(to_hex(c.xid::text::bigint), 12, '0') || lpad(to_hex(c.id), 12, '0')`;
const publicRows = `changes c
  LEFT JOIN events e ON c.topic <> '${campaignTopic}' AND e.id = ANY (c.scopes || c.subject_id)
  LEFT JOIN campaigns k ON c.topic = '${campaignTopic}' AND k.id = c.subject_id
  LEFT JOIN organizations o ON c.topic = '${organizationTopic}' AND o.id = c.subject_id`;

/** Of more changes than this, as after a time in which nobody asked, each is not looked at: everything may have changed. */
const mostRead = 20_000;

const sinceSql = `
  SELECT s.horizon, p.* FROM (SELECT pg_snapshot_xmin(pg_current_snapshot()) AS horizon) s
  LEFT JOIN LATERAL (
    SELECT ${place} AS place, c.xid < s.horizon AS settled, e.id AS "eventId"
    FROM ${publicRows}
    WHERE (c.xid, c.id) > ($1::text::xid8, $2::bigint) AND c.topic = ANY ($3::text[]) AND (${shown})
    ORDER BY c.xid, c.id LIMIT ${mostRead + 1}
  ) p ON true`;

/**
 * What has changed for the public since a place in the log. Changes that an older, still open transaction keeps from being
 * settled are told too, each time, until they are: who holds a copy must not wait for them. Null: there are too many.
 */
export async function publicChangesSince(
  pool: Pool,
  seen: Seen,
): Promise<{ changes: PublicChange[]; seen: Seen } | null> {
  const { rows } = await pool.query<Row>(sinceSql, [seen.xid, seen.id, topics]);
  if (rows.length > mostRead) return null;
  const horizon = BigInt(rows[0]!.horizon) - 1n;
  const end = horizon > BigInt(seen.xid) ? { ...seen, xid: horizon.toString(), id: "281474976710655" } : seen;
  return { changes: rows.filter((row) => row.place !== null), seen: end };
}

/** The newest settled change of what everybody may see, where the log still has one. */
export async function newestPublicChange(pool: Pool): Promise<PublicChange | undefined> {
  const { rows } = await pool.query<PublicChange>(
    `SELECT ${place} AS place, true AS settled, e.id AS "eventId" FROM ${publicRows}
     WHERE c.topic = ANY ($1::text[]) AND (${shown}) AND c.xid < pg_snapshot_xmin(pg_current_snapshot())
     ORDER BY c.xid DESC, c.id DESC LIMIT 1`,
    [topics],
  );
  return rows[0];
}
