import type { Pool } from "pg";
import { forget } from "../platform/database/forget.js";

const ties = `
  SELECT format('NOT EXISTS (SELECT 1 FROM %s tied WHERE tied.%I = people.id)', c.conrelid::regclass, a.attname) AS none
  FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
  WHERE c.contype = 'f' AND c.confrelid = 'people'::regclass`;

/**
 * Forgets addresses that nothing is tied to any more: of invitations and RSVPs that were never answered, mostly typed by
 * somebody else. Whoever signs in with one later has lost nothing. What a person can be tied to is the database's to say.
 */
export async function forgetPeople(pool: Pool, before: Date): Promise<void> {
  const { rows } = await pool.query<{ none: string }>(ties);
  await forget(pool, "people", ["created_at < $1", ...rows.map(({ none }) => none)].join(" AND "), before);
}
