import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Pool } from "pg";
import { answer } from "../support/child.js";
import { usage } from "../support/usage.js";

/** The rule of a claim, and all that it writes, as one function written by hand: session, lock, obstacles, rows, answer. */
const functionSql = `
CREATE FUNCTION claim(token bytea, wanted uuid) RETURNS json LANGUAGE plpgsql AS $$
DECLARE
  me uuid; s shifts; e events; mine shift_signups; v integer; moment timestamptz := now(); at_capacity boolean;
BEGIN
  SELECT person_id INTO me FROM sessions WHERE token_hash = token AND expires_at > moment;
  IF me IS NULL THEN RETURN '{"error":"UNAUTHENTICATED"}'; END IF;
  SELECT * INTO s FROM shifts WHERE id = wanted FOR NO KEY UPDATE;
  IF s.id IS NULL OR s.status = 'DRAFT' THEN RETURN '{"error":"NOT_FOUND"}'; END IF;
  SELECT * INTO e FROM events WHERE id = s.event_id FOR SHARE;
  IF e.review <> 'APPROVED' OR e.record <> 'LIVE' OR e.visibility = 'PRIVATE' THEN RETURN '{"error":"NOT_FOUND"}'; END IF;
  IF e.occurrence IN ('POSTPONED', 'CANCELLED') THEN RETURN '{"error":"EVENT_NOT_SCHEDULED"}'; END IF;
  IF s.status <> 'OPEN' OR s.opens_at > moment OR s.closes_at <= moment THEN RETURN '{"error":"SHIFT_CLOSED"}'; END IF;
  IF s.starts_at < moment THEN RETURN '{"error":"SHIFT_STARTED"}'; END IF;
  IF EXISTS (SELECT FROM shift_signups WHERE shift_id = s.id AND status = 'WAITLISTED') THEN
    RETURN '{"error":"SHIFT_FULL"}';
  END IF;
  PERFORM FROM people WHERE id = me FOR NO KEY UPDATE;
  SELECT * INTO mine FROM shift_signups WHERE shift_id = s.id AND person_id = me;
  IF mine.status IN ('REQUESTED', 'OFFERED', 'CONFIRMED', 'SWAP_OFFERED', 'CHECKED_IN', 'COMPLETED', 'LEFT_EARLY') THEN
    RETURN '{"error":"ALREADY_SIGNED_UP"}';
  END IF;
  IF s.taken >= s.capacity THEN RETURN '{"error":"SHIFT_FULL"}'; END IF;
  IF EXISTS (SELECT FROM shift_signups g WHERE g.person_id = me AND g.shift_id <> s.id
      AND g.status IN ('REQUESTED', 'OFFERED', 'CONFIRMED', 'SWAP_OFFERED', 'CHECKED_IN', 'COMPLETED', 'LEFT_EARLY')
      AND tstzrange(g.starts_at, g.ends_at) && tstzrange(s.starts_at, s.ends_at)) THEN
    RETURN '{"error":"OVERLAPS"}';
  END IF;
  IF EXISTS (SELECT FROM shift_signups g JOIN shifts os ON os.id = g.shift_id JOIN events oe ON oe.id = os.event_id
      WHERE g.person_id = me AND oe.id <> e.id
      AND g.status IN ('REQUESTED', 'OFFERED', 'CONFIRMED', 'SWAP_OFFERED', 'CHECKED_IN', 'COMPLETED', 'LEFT_EARLY')
      AND g.starts_at < s.ends_at + interval '1 day' AND g.ends_at > s.starts_at - interval '1 day'
      AND 2 * 6371 * asin(sqrt(LEAST(1, sin(radians(e.public_latitude - oe.public_latitude) / 2) ^ 2
        + cos(radians(e.public_latitude)) * cos(radians(oe.public_latitude))
        * sin(radians(e.public_longitude - oe.public_longitude) / 2) ^ 2))) / 50 * interval '1 hour'
        > GREATEST(s.starts_at - g.ends_at, g.starts_at - s.ends_at)) THEN
    RETURN '{"error":"TOO_FAR_TO_REACH"}';
  END IF;
  IF EXISTS (WITH held AS (
      SELECT s.starts_at AS a, s.ends_at AS b UNION ALL SELECT g.starts_at, g.ends_at FROM shift_signups g
      WHERE g.person_id = me AND g.shift_id <> s.id
        AND g.status IN ('REQUESTED', 'OFFERED', 'CONFIRMED', 'SWAP_OFFERED', 'CHECKED_IN', 'COMPLETED', 'LEFT_EARLY')
        AND g.starts_at < s.ends_at + interval '1 day' AND g.ends_at > s.starts_at - interval '1 day')
      SELECT FROM (SELECT a AS w FROM held UNION SELECT b - interval '1 day' FROM held) windows, held
      WHERE a < w + interval '1 day' AND b > w
      GROUP BY w HAVING sum(LEAST(b, w + interval '1 day') - GREATEST(a, w)) > interval '12 hours') THEN
    RETURN '{"error":"NEEDS_REST"}';
  END IF;
  IF NOT EXISTS (SELECT FROM known_peacekeepers WHERE person_id = me AND scope_id IN (e.campaign_id, e.id)) THEN
    RETURN '{"error":"NOT_KNOWN"}';
  END IF;
  IF (SELECT count(*) FROM shift_signups g WHERE g.person_id = me AND g.ends_at > moment AND g.status IN ('REQUESTED',
      'OFFERED', 'CONFIRMED', 'SWAP_OFFERED', 'CHECKED_IN', 'COMPLETED', 'LEFT_EARLY', 'WAITLISTED')) >= 20 THEN
    RETURN '{"error":"LIMIT_REACHED"}';
  END IF;
  INSERT INTO shift_signups AS g (id, shift_id, person_id, status, starts_at, ends_at, claimed_at, version)
  VALUES (gen_random_uuid(), s.id, me, 'CONFIRMED', s.starts_at, s.ends_at, moment, 1)
  ON CONFLICT (shift_id, person_id) DO UPDATE SET status = 'CONFIRMED', claimed_at = excluded.claimed_at, released_at = NULL,
    released_late = false, line = NULL, deadline = NULL, version = g.version + 1
  RETURNING * INTO mine;
  UPDATE shifts SET taken = taken + 1, confirmed = confirmed + 1 WHERE id = s.id RETURNING * INTO s;
  INSERT INTO signup_steps (signup_id, version, status, at, actor_id) VALUES (mine.id, mine.version, 'CONFIRMED', moment, me);
  INSERT INTO event_follows (event_id, person_id, because, since, told_version)
  VALUES (e.id, me, 'SHIFT', moment, COALESCE(
    (SELECT min(told_version) FROM event_follows WHERE event_id = e.id AND person_id = me), e.version)) ON CONFLICT DO NOTHING;
  INSERT INTO audit_entries (id, at, actor_id, action, subject_type, subject_id, scopes, fields)
  VALUES (gen_random_uuid(), moment, me, 'claimShift', 'ShiftSignup', mine.id, ARRAY[e.id, e.campaign_id], ARRAY['status']);
  INSERT INTO changes (topic, kind, subject_id, scopes) VALUES ('shift', 'UPDATED', s.id, ARRAY[e.id, e.campaign_id]);
  RETURN json_build_object('data', json_build_object('claimShift', json_build_object(
    'shift', json_build_object('id', 'shift_' || replace(s.id::text, '-', ''), 'taken', s.taken, 'capacity', s.capacity,
      'staffing', CASE WHEN s.confirmed < s.minimum THEN 'UNDER_MINIMUM' WHEN s.taken < s.capacity THEN 'STAFFED' ELSE 'FULL' END),
    'signup', json_build_object('id', 'shift_signup_' || replace(mine.id::text, '-', ''), 'status', mine.status))));
END $$`;

const pool = new Pool({ connectionString: process.env["DATABASE_URL"], max: 10, options: "-c TimeZone=UTC" });

interface Asked {
  shiftId: string;
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const { shiftId } = JSON.parse(Buffer.concat(chunks).toString()) as Asked;
    const token = createHash("sha256").update(request.headers.authorization!.slice("Bearer ".length)).digest();
    pool
      .query<{ answer: string }>({
        name: "claim",
        text: "SELECT claim($1, $2)::text AS answer",
        values: [token, shiftId.slice("shift_".length)],
      })
      .then(
        ({ rows }) => {
          const body = Buffer.from(rows[0]!.answer);
          response.writeHead(200, { "content-type": "application/json", "content-length": body.length }).end(body);
        },
        (error: Error) => response.writeHead(500).end(error.message),
      );
  });
});
const listening = new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

export const claimFunction = {
  /** Makes the function; the tables must be there. */
  prepare: async () => void (await pool.query(functionSql)),
  url: async () => {
    await listening;
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  },
  usage,
};

answer(claimFunction, () => pool.end());
