import { pipelined } from "../../platform/database/pipelined.js";
import type { Transaction } from "../../platform/database/transact.js";
import { type SharedEvent, shareEvents } from "../events/index.js";
import type { Stands } from "./report.policy.js";
import { standsOf } from "./report.source.js";
import { type LockedVoice, lockVoices } from "./reporter.voice.js";
import { peekGrounds } from "./settle.js";
import type { Ground } from "./standing.js";

/** Who wants to report of which event, before anything is known of either. */
interface Asked {
  eventId: string;
  personId: string;
}

/** What is to be known before a report is judged, with everything locked that it depends on. */
interface Known {
  /** Undefined: there is none. */
  event: SharedEvent | undefined;
  stands: Stands;
  /** Undefined: this would be their first report here. */
  voice: LockedVoice | undefined;
}

/**
 * Locks and reads for many reports what each of them depends on, by statements that are sent together: in the order in which
 * everybody else takes these locks, who is in quarantine before the turnouts.
 */
export async function groundworkOf(
  tx: Transaction,
  asked: Asked[],
): Promise<{ known: Known[]; grounds: Map<string, Ground> }> {
  const eventIds = [...new Set(asked.map(({ eventId }) => eventId))];
  const [events, stands, voices, grounds] = await pipelined([
    shareEvents(tx, eventIds),
    standsOf(tx, asked),
    lockVoices(tx, asked),
    peekGrounds(tx, eventIds),
  ]);
  const stays = (eventId: string): string => events.get(eventId)?.id ?? eventId;
  if (eventIds.some((id) => stays(id) !== id))
    return groundworkOf(
      tx,
      asked.map(({ eventId, personId }) => ({ eventId: stays(eventId), personId })),
    );
  const known = asked.map(({ eventId }, n) => ({ event: events.get(eventId), stands: stands[n]!, voice: voices[n] }));
  return { known, grounds };
}
