import type { Pool } from "pg";
import { toGlobalId } from "../../src/platform/database/ids.js";
import { formatPosition } from "../../src/platform/changes/position.js";
import { type Listening, listen, post } from "./client.js";
import type { Person } from "./world.js";

interface Followed {
  query: string;
  variables: Record<string, unknown>;
}

/** Somebody on the staff of a campaign who follows it over several sockets, and what came of their removal. */
export interface Revoked {
  person: Person;
  sockets: Listening[];
  /** When the mutation was answered, and when each socket was closed and how. */
  answeredAt: number;
  closed: Promise<{ code: number | undefined; at: number }[]>;
}

/** Takes a seat for each subscription at each server. */
export async function seat(person: Person, urls: string[], follow: Followed[]): Promise<Revoked> {
  const sockets = await Promise.all(
    urls.flatMap((url) => follow.map(({ query, variables }) => listen(url, query, variables, person.token))),
  );
  const closed = Promise.all(sockets.map(async ({ ended }) => ({ code: (await ended).code, at: Date.now() })));
  return { person, sockets, answeredAt: 0, closed };
}

/** Takes them off the staff, once each socket has heard something; gives the answer's code. */
export async function revoke(revoked: Revoked, url: string, by: Person, campaignId: string): Promise<string> {
  await Promise.all(revoked.sockets.map(({ until }) => until(() => true)));
  const { code } = await post(
    url,
    `mutation($c: ID!, $p: ID!) { removeCampaignStaff(input: { campaignId: $c, personId: $p }) { __typename } }`,
    { c: campaignId, p: toGlobalId("Person", revoked.person.id) },
    by.token,
  );
  revoked.answeredAt = Date.now();
  return code;
}

interface Logged {
  xid: string;
  id: string;
}

/** Where the log has the removal, in the epoch of another position. */
export async function positionOfRemoval(pool: Pool, { person }: Revoked, sample: string): Promise<string> {
  const found = await pool.query<Logged>("SELECT xid, id FROM changes WHERE topic = 'access' AND subject_id = $1", [
    person.id,
  ]);
  const [{ xid, id }] = found.rows as [Logged];
  return formatPosition({ epoch: Number.parseInt(sample.slice(0, 4), 16), xid: BigInt(xid), id: BigInt(id) });
}

/** The reports that came in after the removal was answered. */
export async function reportsSince(pool: Pool, { answeredAt }: Revoked): Promise<string[]> {
  const found = await pool.query<{ id: string }>("SELECT id FROM turnout_reports WHERE received_at > $1", [
    new Date(answeredAt),
  ]);
  return found.rows.map(({ id }) => toGlobalId("TurnoutReport", id));
}
