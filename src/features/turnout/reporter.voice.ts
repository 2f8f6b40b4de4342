import { newId } from "../../platform/database/ids.js";
import { prepared } from "../../platform/database/prepared.js";
import type { Transaction } from "../../platform/database/transact.js";
import type { Event } from "../events/index.js";

type OfEvent = Pick<Event, "id" | "campaignId">;

/** Who speaks of which event; who is not known is each time another. */
export interface Speaker {
  event: OfEvent;
  personId: string | null;
}

/** The scope in which one reporter is one voice. */
const voiceScope = ({ id, campaignId }: OfEvent): string => campaignId ?? id;

const rows = `json_to_recordset($1::json) AS v(id uuid, scope_id uuid, person_id uuid)`;

const find = prepared<{ asked: string; id: string }>(
  "find_voices",
  `SELECT v.id AS asked, q.id FROM ${rows} JOIN turnout_reporters q ON (q.scope_id, q.person_id) = (v.scope_id, v.person_id)`,
);

const make = prepared<{ id: string }>(
  "make_voices",
  `INSERT INTO turnout_reporters (id, scope_id, person_id) SELECT id, scope_id, person_id FROM ${rows}
   ORDER BY scope_id, person_id ON CONFLICT (scope_id, person_id) DO NOTHING RETURNING id`,
);

/** The voices of people in the campaigns of events, in the order asked; made when they first report there. */
export async function voicesOf(tx: Transaction, speakers: Speaker[]): Promise<string[]> {
  const asked = speakers.map(({ event, personId }) => ({
    id: newId(),
    scope_id: voiceScope(event),
    person_id: personId,
  }));
  const known = new Map<string, string>();
  for (let wanted = asked; wanted.length > 0; wanted = wanted.filter(({ id }) => !known.has(id))) {
    const named = wanted.filter((one) => one.person_id !== null);
    if (named.length > 0) for (const one of await find(tx, [JSON.stringify(named)])) known.set(one.asked, one.id);
    const missing = wanted.filter(({ id }) => !known.has(id));
    if (missing.length > 0) for (const { id } of await make(tx, [JSON.stringify(missing)])) known.set(id, id);
  }
  return asked.map(({ id }) => known.get(id)!);
}

/** The voice of one. */
export const voiceOf = async (tx: Transaction, event: OfEvent, personId: string | null): Promise<string> =>
  (await voicesOf(tx, [{ event, personId }]))[0]!;

const lock = prepared<{ id: string; quarantined: boolean }>(
  "lock_voices",
  `SELECT id, quarantined_at IS NOT NULL AS quarantined FROM turnout_reporters
   WHERE id = ANY ($1::uuid[]) ORDER BY id FOR KEY SHARE`,
);

/** Those of the voices that are in quarantine. Who is being put there is waited for: no report slips in beside it. */
export async function quarantinedOf(tx: Transaction, voices: string[]): Promise<Set<string>> {
  const locked = await lock(tx, [voices]);
  return new Set(locked.filter(({ quarantined }) => quarantined).map(({ id }) => id));
}
