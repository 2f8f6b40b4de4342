import type { Pool } from "pg";
import type { Viewer } from "../platform/context.js";

const sql = `
  SELECT s.id AS "sessionId", s.person_id AS "personId", s.expires_at AS "expiresAt",
    EXISTS (SELECT 1 FROM site_staff WHERE person_id = s.person_id) AS "siteStaff",
    ARRAY(SELECT campaign_id FROM campaign_staff WHERE person_id = s.person_id) AS "staffOf",
    ARRAY(SELECT organization_id FROM memberships WHERE person_id = s.person_id AND role IN ('OWNER', 'ADMIN')) AS "adminOf",
    ARRAY(SELECT organization_id FROM memberships WHERE person_id = s.person_id AND role = 'OWNER') AS "ownerOf",
    ARRAY(SELECT organization_id FROM memberships WHERE person_id = s.person_id) AS "memberOf",
    ARRAY(SELECT event_id FROM event_roles WHERE person_id = s.person_id AND role = 'COORDINATOR') AS coordinates,
    ARRAY(SELECT event_id FROM event_roles WHERE person_id = s.person_id AND role = 'REPORTER') AS "reportsFor"
  FROM sessions s WHERE s.expires_at > $2 AND `;

/** Who a token belongs to, with their rights as they are now; null when it is not (or no longer) valid. */
export const viewerOfToken = async (pool: Pool, hash: Buffer, now: Date): Promise<Viewer | null> =>
  (await pool.query<Viewer>({ name: "viewer_of_token", text: `${sql} s.token_hash = $1`, values: [hash, now] }))
    .rows[0] ?? null;

/** The same for a session that is known. */
export const viewerOfSession = async (pool: Pool, sessionId: string, now: Date): Promise<Viewer | null> =>
  (await pool.query<Viewer>({ name: "viewer_of_session", text: `${sql} s.id = $1`, values: [sessionId, now] }))
    .rows[0] ?? null;
