import { signedIn } from "../../platform/context.js";
import { newId } from "../../platform/database/ids.js";
import type { Transaction } from "../../platform/database/transact.js";
import { ChangeKind } from "../../platform/graphql/live.js";
import type { LockedEvent } from "../events/index.js";
import type { CloseTurnoutInput } from "./closing.inputs.js";
import { reportChanged } from "./report.changes.js";
import { sizeOf } from "./report.content.js";
import { TurnoutReport } from "./report.js";
import { voiceIn } from "./report.service.js";
import { TurnoutReportStatus } from "./turnout.values.js";

/**
 * Keeps what somebody states as they close the number of an event, as a report of theirs; gives its id, or null where they
 * state nothing. It stands in place of the one with which they closed it before.
 */
export async function stateNumber(
  tx: Transaction,
  event: LockedEvent,
  input: CloseTurnoutInput,
  earlierId: string | null,
): Promise<string | null> {
  const { count, low, high, words } = input;
  if ([count, low, high, words].every((said) => said === null || said === undefined)) return null;
  const voice = await voiceIn(tx, signedIn(tx), event);
  const id = newId();
  await tx.db.insert(TurnoutReport, {
    ...sizeOf(input),
    ...voice,
    id,
    eventId: event.id,
    status: TurnoutReportStatus.ACCEPTED,
    flags: [],
    correctsId: await supersede(tx, event, voice.reporterId, earlierId),
    observedAt: new Date(Math.min(tx.now().getTime(), event.spanEndsAt.getTime())),
    receivedAt: tx.now(),
  });
  reportChanged(tx, event, id);
  return id;
}

async function supersede(
  tx: Transaction,
  event: LockedEvent,
  reporterId: string,
  id: string | null,
): Promise<string | null> {
  if (id === null) return null;
  const superseded = { status: TurnoutReportStatus.SUPERSEDED };
  return (await leave(tx, event, { id, reporterId }, superseded)) ? id : null;
}

/** What was stated cannot stand, as the reason says: the other reports alone make the number again. */
export async function rejectNumber(
  tx: Transaction,
  event: LockedEvent,
  id: string | null,
  reviewReason: string | null,
): Promise<void> {
  if (id !== null) await leave(tx, event, { id }, { status: TurnoutReportStatus.REJECTED, reviewReason });
}

/** Takes a report out of what counts; false where it is so no more already. */
async function leave(
  tx: Transaction,
  event: LockedEvent,
  which: { id: string; reporterId?: string },
  to: Partial<Pick<TurnoutReport, "status" | "reviewReason">>,
): Promise<boolean> {
  const { affected } = await tx.db.update(TurnoutReport, { ...which, status: TurnoutReportStatus.ACCEPTED }, to);
  if (affected) reportChanged(tx, event, which.id, ChangeKind.UPDATED);
  return Boolean(affected);
}
