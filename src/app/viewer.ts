import type { Pool } from "pg";
import type { Viewer } from "../platform/context.js";

const rightsOf = (person: string): string => `
    EXISTS (SELECT 1 FROM site_staff WHERE person_id = ${person}) AS "siteStaff",
    ARRAY(SELECT campaign_id FROM campaign_staff WHERE person_id = ${person}) AS "staffOf",
    ARRAY(SELECT organization_id FROM memberships WHERE person_id = ${person} AND role IN ('OWNER', 'ADMIN')) AS "adminOf",
    ARRAY(SELECT organization_id FROM memberships WHERE person_id = ${person} AND role = 'OWNER') AS "ownerOf",
    ARRAY(SELECT organization_id FROM memberships WHERE person_id = ${person}) AS "memberOf",
    ARRAY(SELECT event_id FROM event_roles WHERE person_id = ${person} AND role = 'COORDINATOR') AS coordinates,
    ARRAY(SELECT event_id FROM event_roles WHERE person_id = ${person} AND role = 'REPORTER') AS "reportsFor"`;

const ofSession = `
  SELECT s.id AS "sessionId", s.person_id AS "personId", s.expires_at AS "expiresAt", ${rightsOf("s.person_id")}
  FROM sessions s WHERE s.expires_at > $2 AND `;

const ofPerson = `
  SELECT '' AS "sessionId", p.id AS "personId", $2::timestamptz AS "expiresAt", ${rightsOf("p.id")}
  FROM people p WHERE p.id = $1`;

/** Who a token belongs to, with their rights as they are now; null when it is not (or no longer) valid. */
export const viewerOfToken = async (pool: Pool, hash: Buffer, now: Date): Promise<Viewer | null> =>
  (await pool.query<Viewer>({ name: "viewer_of_token", text: `${ofSession} s.token_hash = $1`, values: [hash, now] }))
    .rows[0] ?? null;

/** The same for a session that is known. */
export const viewerOfSession = async (pool: Pool, sessionId: string, now: Date): Promise<Viewer | null> =>
  (await pool.query<Viewer>({ name: "viewer_of_session", text: `${ofSession} s.id = $1`, values: [sessionId, now] }))
    .rows[0] ?? null;

/** A person's rights without a session: with them a letter is composed. */
export const viewerOfPerson = async (pool: Pool, personId: string, now: Date): Promise<Viewer | null> =>
  (await pool.query<Viewer>({ name: "viewer_of_person", text: ofPerson, values: [personId, now] })).rows[0] ?? null;
