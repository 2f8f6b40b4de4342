import { signedIn } from "../../platform/context.js";
import type { Transaction } from "../../platform/database/transact.js";
import { ErrorReason, Refusal } from "../../platform/errors.js";
import { type Event, isStaff } from "../events/index.js";
import { EventTurnout } from "./turnout.js";
import { TurnoutState } from "./turnout.values.js";

/** What the campaign's staff stand by is theirs to change: an act of others on a report is refused where it would move it. */
export async function sparingCertified<Result>(
  tx: Transaction,
  event: Event,
  act: () => Promise<Result>,
): Promise<Result> {
  const before = await numberOf(tx, event);
  const result = await act();
  if (before.closed !== TurnoutState.CERTIFIED || isStaff(signedIn(tx), event)) return result;
  const after = await numberOf(tx, event);
  if (before.low !== after.low || before.high !== after.high)
    throw new Refusal("CONFLICT", "The number is certified: only the campaign's staff can change it.", {
      reason: ErrorReason.TURNOUT_CERTIFIED,
    });
  return result;
}

const numberOf = (tx: Transaction, { id: eventId }: Event): Promise<EventTurnout> =>
  tx.db.findOneByOrFail(EventTurnout, { eventId });
