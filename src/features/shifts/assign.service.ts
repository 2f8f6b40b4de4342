import { allow, type Context, signedIn, type Viewer } from "../../platform/context.js";
import { transactOnce } from "../../platform/database/idempotency.js";
import { fromGlobalId } from "../../platform/database/ids.js";
import { transact, type Transaction } from "../../platform/database/transact.js";
import { badInput, ErrorReason, Refusal } from "../../platform/errors.js";
import { tidy } from "../../platform/graphql/text.js";
import { canCoordinate, canSee, type LockedEvent } from "../events/index.js";
import { sendLetter } from "../letters/index.js";
import { findPerson, personWith } from "../people/index.js";
import type { AssignShiftInput } from "./assign.inputs.js";
import { assignedLetter } from "./assign.letters.js";
import type { SignupAnswer } from "./own.lock.js";
import { confirm } from "./confirm.service.js";
import { lockShift, type LockedShift } from "./shift.lock.js";
import { type ClaimObstacle, holding, ofClearances, SignupStatus } from "./shift.values.js";
import { become, freshAt, signupFor } from "./signup.become.js";
import { ShiftSignup, type SignupRow } from "./signup.js";
import { vouch } from "./signup.known.js";
import { confirmedLetter } from "./signup.letters.js";
import { offerDeadline, standingsOf } from "./signup.places.js";

/** Puts a person on a shift: whoever has asked has the place, whoever has not is offered it. Again is harmless. */
export async function assignShift(ctx: Context, input: AssignShiftInput): Promise<SignupAnswer> {
  const viewer = signedIn(ctx);
  checkWords(input);
  const guest = await guestOf(ctx, input);
  return transactOnce(ctx, "assignShift", input, async (tx) => {
    const at = await lockShift(tx, fromGlobalId("Shift", input.shiftId, "input.shiftId"));
    allow(
      canCoordinate(viewer, at.event),
      "assign people to this shift: the event's coordinators, hosts and staff may",
    );
    const signup = await assign(tx, at, await signupOf(tx, at, input, guest), input);
    return { shiftId: at.shift.id, signupId: signup.id };
  });
}

function checkWords({ email, signupId, overrides, reason }: AssignShiftInput): void {
  if (Boolean(email) === Boolean(signupId)) throw badInput("input.email", "must be given, or signupId: one of the two");
  if (overrides.length > 0 && !reason) throw badInput("input.reason", "must say why something is overridden");
}

/**
 * Somebody whose rights at a private event matter: read before the transaction, which must not wait for another
 * connection while it holds the shift.
 */
async function guestOf(ctx: Context, { shiftId, email }: AssignShiftInput): Promise<Viewer | null> {
  const hidden: unknown[] = await ctx.db.query(
    `SELECT 1 FROM shifts s JOIN events e ON e.id = s.event_id WHERE s.id = $1 AND e.visibility = 'PRIVATE'`,
    [fromGlobalId("Shift", shiftId, "input.shiftId")],
  );
  if (!email || hidden.length === 0) return null;
  const personId = await transact(ctx, "assignShift", (tx) => findPerson(tx, email));
  return personId ? ctx.viewerOfPerson(personId) : null;
}

/** The sign-up of an input; one who has none yet begins with a blank one. */
async function signupOf(
  tx: Transaction,
  at: LockedShift<LockedEvent>,
  { email, signupId }: AssignShiftInput,
  guest: Viewer | null,
): Promise<SignupRow> {
  const shiftId = at.shift.id;
  if (signupId) {
    const found = await tx.db.findOneBy(ShiftSignup, {
      id: fromGlobalId("ShiftSignup", signupId, "input.signupId"),
      shiftId,
    });
    if (!found) throw new Refusal("NOT_FOUND", "There is no such sign-up.");
    return found;
  }
  // Whoever may not see a private event could not stand there; of an address without an account it is said alike.
  if (!canSee(guest, at.event))
    throw new Refusal("CONFLICT", "Nobody can be assigned who may not see the event, which is private.", {
      reason: ErrorReason.EVENT_HIDDEN,
    });
  const personId = await personWith(tx, email!);
  return signupFor(tx, at, personId);
}

async function assign(
  tx: Transaction,
  at: LockedShift,
  signup: SignupRow,
  input: AssignShiftInput,
): Promise<SignupRow> {
  if (signup.status === SignupStatus.REQUESTED) return confirm(tx, at, signup);
  if (holding.includes(signup.status)) return signup;
  await vouch(tx, at.event, signup.personId);
  const overridden = await setAside(tx, at, signup.personId, input.overrides);
  const why = { overridden, reason: tidy(input.reason) };
  return signup.status === SignupStatus.WAITLISTED ? give(tx, at, signup, why) : offer(tx, at, signup, why);
}

/** What stands in the way and is named; refused for all that is not. */
async function setAside(
  tx: Transaction,
  at: LockedShift,
  personId: string,
  named: ClaimObstacle[],
): Promise<ClaimObstacle[]> {
  const [standing] = await standingsOf(tx, at, [personId]);
  const left = standing!.obstacles.filter((obstacle) => !named.includes(obstacle));
  if (left.length > 0) throw cannotHave(left);
  return standing!.obstacles;
}

/** Nobody learns what a person is cleared for by assigning them where they could not be offered a place anyway. */
function cannotHave(left: ClaimObstacle[]): Refusal {
  const others = left.filter((obstacle) => !ofClearances.includes(obstacle));
  const named = others.length > 0 ? others : left;
  return new Refusal("CONFLICT", `This person cannot have a place on this shift: ${named.join(", ")}.`, {
    reason: ErrorReason[named[0]!],
  });
}

interface Why {
  overridden: ClaimObstacle[];
  reason: string | null;
}

async function give(tx: Transaction, at: LockedShift, signup: SignupRow, why: Why): Promise<SignupRow> {
  const after = await become(tx, at, signup, SignupStatus.CONFIRMED, why);
  const { id: signupId, personId, version } = after;
  await sendLetter(tx, confirmedLetter, [{ personId, key: `${signupId}:${version}`, data: { signupId } }]);
  return after;
}

/** One letter a day to a person for a shift, however often they are assigned and decline. */
async function offer(tx: Transaction, at: LockedShift, signup: SignupRow, why: Why): Promise<SignupRow> {
  const after = await become(tx, at, signup, SignupStatus.OFFERED, {
    ...why,
    ...freshAt(tx.now()),
    deadline: offerDeadline(tx.now(), at.shift),
  });
  const { id: signupId, personId } = after;
  const key = `${signupId}:${tx.now().toISOString().slice(0, 10)}`;
  await sendLetter(tx, assignedLetter, [{ personId, key, data: { signupId } }]);
  return after;
}
