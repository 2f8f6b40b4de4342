import { audit } from "../../platform/audit/audit.js";
import { newId } from "../../platform/database/ids.js";
import type { Transaction } from "../../platform/database/transact.js";
import { ErrorReason, Refusal } from "../../platform/errors.js";
import { ChangeKind } from "../../platform/graphql/live.js";
import { databaseFacts } from "../../platform/log.js";
import { type Event, follow, FollowReason, unfollow } from "../events/index.js";
import { shiftChanged } from "./shift.changes.js";
import { Shift } from "./shift.js";
import type { LockedShift } from "./shift.lock.js";
import { assured, holding, isAssured, obstacleWords, SignupStatus } from "./shift.values.js";
import { ShiftSignup, type SignupRow, SignupStep } from "./signup.js";
import { isOwnAct } from "./signup.unnamed.js";
import { endSwaps } from "./swap.end.js";

/** What is different beside the status. */
export interface Details extends Partial<
  Pick<SignupRow, "line" | "deadline" | "claimedAt" | "releasedAt" | "releasedLate" | "overridden">
> {
  /** Why, in the words of whoever does it; kept with the step. */
  reason?: string | null;
  /** Whoever loses the place goes on to be told of the event: it is the event that ends it. */
  keepsFollowing?: boolean;
  /** The person does it themself: the audit trail does not say who. */
  unnamed?: boolean;
}

/** What a person who has no sign-up yet begins with: it is written when it becomes something. */
export const blankSignup = (tx: Transaction, { shift }: LockedShift, personId: string): SignupRow => ({
  id: newId(),
  shiftId: shift.id,
  personId,
  status: SignupStatus.RELEASED,
  startsAt: shift.startsAt,
  endsAt: shift.endsAt,
  claimedAt: tx.now(),
  line: null,
  deadline: null,
  releasedAt: null,
  releasedLate: false,
  overridden: [],
  version: 0,
});

/** The person's sign-up on a locked shift, or a blank one. */
export const signupFor = async (tx: Transaction, at: LockedShift, personId: string): Promise<SignupRow> =>
  (await tx.db.findOneBy(ShiftSignup, { shiftId: at.shift.id, personId })) ?? blankSignup(tx, at, personId);

/** A place, or a turn in the line, that one has from this moment on, whatever was before. */
export const freshAt = (claimedAt: Date) => ({ claimedAt, releasedAt: null, releasedLate: false });

const change = (list: SignupStatus[], from: SignupStatus, to: SignupStatus): number =>
  Number(list.includes(to)) - Number(list.includes(from));

/**
 * Makes a sign-up of a locked shift something else. Every step passes here: the places that the shift counts, who is told
 * of its event, the step's own record, the change log and the audit trail. Whoever frees a place settles the line next.
 */
export async function become(
  tx: Transaction,
  { shift, event }: LockedShift,
  before: SignupRow,
  status: SignupStatus,
  { reason = null, keepsFollowing = false, unnamed = isOwnAct(tx), ...details }: Details = {},
): Promise<SignupRow> {
  const kept = holding.includes(status) ? before.overridden : [];
  const after: SignupRow = {
    ...before,
    line: null,
    deadline: null,
    overridden: kept,
    ...details,
    status,
    version: before.version + 1,
  };
  shift.taken += change(holding, before.status, status);
  shift.confirmed += change(assured, before.status, status);
  shift.onDuty += change([SignupStatus.CHECKED_IN], before.status, status);
  shift.overfull &&= shift.taken > shift.capacity;
  const { taken, confirmed, onDuty, line, overfull } = shift;
  await tx.db.update(Shift, { id: shift.id }, { taken, confirmed, onDuty, line, overfull });
  await write(tx, after);
  const { id: signupId, version } = after;
  await tx.db.insert(SignupStep, {
    signupId,
    version,
    status,
    at: tx.now(),
    actorId: tx.viewer?.personId ?? null,
    reason,
    overridden: details.overridden ?? [],
  });
  if (before.status === SignupStatus.SWAP_OFFERED) await endSwaps(tx, event, signupId);
  if (!keepsFollowing) await tell(tx, event, before, after);
  shiftChanged(tx, event, shift.id, ChangeKind.UPDATED);
  await audit(tx, {
    type: "ShiftSignup",
    id: signupId,
    scopes: [event.id, event.campaignId],
    fields: ["status", ...(details.overridden ?? [])],
    unnamed,
  });
  return after;
}

async function write(tx: Transaction, { id, ...signup }: SignupRow): Promise<void> {
  try {
    if (signup.version === 1) await tx.db.insert(ShiftSignup, { id, ...signup });
    else await tx.db.update(ShiftSignup, { id }, signup);
  } catch (error) {
    if (databaseFacts(error).code !== "23P01") throw error;
    throw new Refusal("CONFLICT", obstacleWords.OVERLAPS, { reason: ErrorReason.OVERLAPS });
  }
}

/** Whoever can be counted on is told of what happens to the event. */
async function tell(tx: Transaction, event: Event, before: SignupRow, after: SignupRow): Promise<void> {
  const change = Number(assured.includes(after.status)) - Number(assured.includes(before.status));
  if (change > 0) await follow(tx, event, after.personId, FollowReason.SHIFT);
  if (change < 0 && !(await standsAt(tx, event.id, after.personId)))
    await unfollow(tx, event, after.personId, FollowReason.SHIFT);
}

async function standsAt(tx: Transaction, eventId: string, personId: string): Promise<boolean> {
  const held: unknown[] = await tx.db.query(
    `SELECT 1 FROM shift_signups g JOIN shifts s ON s.id = g.shift_id
     WHERE s.event_id = $1 AND g.person_id = $2 AND ${isAssured("g")} LIMIT 1`,
    [eventId, personId],
  );
  return held.length > 0;
}
