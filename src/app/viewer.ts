import type { Pool } from "pg";
import type { Viewer } from "../platform/context.js";
import { Gathering, type Outcome } from "../platform/database/gathering.js";

/** As JSON: it is read faster than arrays are. */
const ids = (of: string): string => `array_to_json(ARRAY(SELECT ${of}))`;

const rightsOf = (person: string): string => `
    EXISTS (SELECT 1 FROM site_staff WHERE person_id = ${person}) AS "siteStaff",
    ${ids(`campaign_id FROM campaign_staff WHERE person_id = ${person}`)} AS "staffOf",
    ${ids(`organization_id FROM memberships WHERE person_id = ${person} AND role IN ('OWNER', 'ADMIN')`)} AS "adminOf",
    ${ids(`organization_id FROM memberships WHERE person_id = ${person} AND role = 'OWNER'`)} AS "ownerOf",
    ${ids(`organization_id FROM memberships WHERE person_id = ${person}`)} AS "memberOf",
    ${ids(`event_id FROM event_roles WHERE person_id = ${person} AND role = 'COORDINATOR'`)} AS coordinates,
    ${ids(`event_id FROM event_roles WHERE person_id = ${person} AND role = 'REPORTER'`)} AS "reportsFor"`;

const ofSession = `
  SELECT s.id AS "sessionId", s.person_id AS "personId", s.expires_at AS "expiresAt", ${rightsOf("s.person_id")}
  FROM sessions s WHERE s.expires_at > $2 AND s.id = $1`;

const ofTokens = `
  SELECT encode(s.token_hash, 'hex') AS hash, s.id AS "sessionId", s.person_id AS "personId", s.expires_at AS "expiresAt",
    ${rightsOf("s.person_id")}
  FROM sessions s WHERE s.expires_at > $2 AND s.token_hash = ANY ($1::bytea[])`;

const ofPerson = `
  SELECT '' AS "sessionId", p.id AS "personId", $2::timestamptz AS "expiresAt", ${rightsOf("p.id")}
  FROM people p WHERE p.id = $1`;

interface Asked {
  hash: Buffer;
  now: Date;
}

const lookups = new WeakMap<Pool, Gathering<Asked, Viewer | null>>();

/** Who a token belongs to, with their rights as they are now; null when it is not (or no longer) valid. */
export function viewerOfToken(pool: Pool, hash: Buffer, now: Date): Promise<Viewer | null> {
  const lookup = lookups.get(pool) ?? new Gathering((asked: Asked[]) => viewersOf(pool, asked));
  lookups.set(pool, lookup);
  return lookup.add({ hash, now });
}

/** Those of many requests that came at once: one statement. */
async function viewersOf(pool: Pool, asked: Asked[]): Promise<Outcome<Viewer | null>[]> {
  const { rows } = await pool.query<Viewer & { hash: string }>({
    name: "viewers_of_tokens",
    text: ofTokens,
    values: [asked.map(({ hash }) => hash), asked[0]!.now],
  });
  const found = new Map(rows.map(({ hash, ...viewer }) => [hash, viewer]));
  return asked.map(({ hash }) => ({ result: found.get(hash.toString("hex")) ?? null }));
}

/** The same for a session that is known. */
export const viewerOfSession = async (pool: Pool, sessionId: string, now: Date): Promise<Viewer | null> =>
  (await pool.query<Viewer>({ name: "viewer_of_session", text: ofSession, values: [sessionId, now] })).rows[0] ?? null;

/** A person's rights without a session: with them a letter is composed. */
export const viewerOfPerson = async (pool: Pool, personId: string, now: Date): Promise<Viewer | null> =>
  (await pool.query<Viewer>({ name: "viewer_of_person", text: ofPerson, values: [personId, now] })).rows[0] ?? null;
