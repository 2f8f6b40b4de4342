import { newId } from "../../platform/database/ids.js";
import { prepared } from "../../platform/database/prepared.js";
import type { Transaction } from "../../platform/database/transact.js";
import type { Event } from "../events/index.js";

type OfEvent = Pick<Event, "id" | "campaignId">;

/** Somebody who speaks of an event; who is not known is each time another. */
export interface Speaker {
  event: OfEvent;
  personId: string | null;
}

/** Under which a person's reports stand in one scope. */
export interface LockedVoice {
  id: string;
  quarantined: boolean;
}

/** The scope in which one reporter is one voice. */
const scopeOf = ({ id, campaignId }: OfEvent): string => campaignId ?? id;

const quarantined = "q.quarantined_at IS NOT NULL AS quarantined";

const lock = prepared<LockedVoice & { n: number }>(
  "lock_voices",
  `SELECT w.n::int, q.id, ${quarantined} FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS w(event_id, person_id, n)
   JOIN events e ON e.id = w.event_id
   JOIN turnout_reporters q ON (q.scope_id, q.person_id) = (COALESCE(e.campaign_id, e.id), w.person_id)
   ORDER BY q.id FOR KEY SHARE OF q`,
);

const make = prepared<{ id: string }>(
  "make_voices",
  `INSERT INTO turnout_reporters (id, scope_id, person_id) SELECT id, scope_id, person_id
   FROM json_to_recordset($1::json) AS v(id uuid, scope_id uuid, person_id uuid)
   ORDER BY scope_id, person_id ON CONFLICT (scope_id, person_id) DO NOTHING RETURNING id`,
);

/**
 * The voices that people have already in the campaigns of events, in the order asked. Who is being put into quarantine is
 * waited for: no report slips in beside it.
 */
export async function lockVoices(
  tx: Transaction,
  asked: { eventId: string; personId: string }[],
): Promise<(LockedVoice | undefined)[]> {
  const found = await lock(tx, [asked.map(({ eventId }) => eventId), asked.map(({ personId }) => personId)]);
  const voices = new Map(found.map(({ n, ...voice }) => [n - 1, voice]));
  return asked.map((_, n) => voices.get(n));
}

/** Gives those a voice that have none yet; answers with the ids of the new ones. */
export async function makeVoices(tx: Transaction, speakers: Speaker[]): Promise<string[]> {
  const rows = speakers.map(({ event, personId }) => ({
    id: newId(),
    scope_id: scopeOf(event),
    person_id: personId,
  }));
  return (await make(tx, [JSON.stringify(rows)])).map(({ id }) => id);
}

/** The voices of people, in the order asked; made when they first report in the campaign of the event. */
export async function voicesOf(tx: Transaction, speakers: (Speaker & { personId: string })[]): Promise<LockedVoice[]> {
  const asked = speakers.map(({ event, personId }) => ({ eventId: event.id, personId }));
  const known = await lockVoices(tx, asked);
  const missing = speakers.filter((_, n) => !known[n]);
  if (missing.length === 0) return known.map((voice) => voice!);
  await makeVoices(tx, missing);
  return voicesOf(tx, speakers);
}

/** The voice of one. */
export async function voiceOf(tx: Transaction, event: OfEvent, personId: string | null): Promise<string> {
  if (personId === null) return (await makeVoices(tx, [{ event, personId }]))[0]!;
  return (await voicesOf(tx, [{ event, personId }]))[0]!.id;
}

const lockOne = prepared<LockedVoice>(
  "lock_voice",
  `SELECT q.id, ${quarantined} FROM turnout_reporters q WHERE q.id = $1 FOR KEY SHARE OF q`,
);

/** A voice by its id, as {@link lockVoices} has it. */
export const lockVoice = async (tx: Transaction, id: string): Promise<LockedVoice> => (await lockOne(tx, [id]))[0]!;
