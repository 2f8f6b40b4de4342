import { LessThanOrEqual } from "typeorm";
import { newId } from "../../platform/database/ids.js";
import type { Transaction } from "../../platform/database/transact.js";
import { ChangeKind } from "../../platform/graphql/live.js";
import { Visibility } from "../events/index.js";
import { sendLetter } from "../letters/index.js";
import { ClaimObstacle, type LockedShift, obstacles, shiftChanged } from "../shifts/index.js";
import { CallOut, type CallOutRow } from "./call.js";
import { coverLetter } from "./cover.letters.js";
import { CoverRequest } from "./cover.js";
import { nextToAsk, passed } from "./cover.rank.js";
import { CallOutStatus, CoverStatus } from "./cover.values.js";

const minute = 60_000;
/** How many are asked at once for each place, and in one call-out at most: a call is no way to write to everybody. */
const perPlace = 5;
const mostAsked = 200;
/** When it is looked again where nobody is left to ask. */
const pauseMs = 5 * minute;

/** What keeps everybody from this shift, or null. */
export async function whyNobody(tx: Transaction, { shift }: LockedShift): Promise<ClaimObstacle | null> {
  const [row]: { found: ClaimObstacle[] }[] = await tx.db.query(
    `SELECT ${obstacles("s", "e", { person: null, now: "$2::timestamptz" })} AS found
     FROM shifts s JOIN events e ON e.id = s.event_id WHERE s.id = $1`,
    [shift.id, tx.now()],
  );
  const left = row!.found.filter((one) => !passed.includes(one));
  return left[0] ?? null;
}

/** Moves an open call-out on: who did not answer is passed over, the next are asked, and it ends when nobody is needed. */
export async function advance(tx: Transaction, at: LockedShift, call: CallOutRow): Promise<void> {
  if (call.status !== CallOutStatus.OPEN) return;
  shiftChanged(tx, at.event, at.shift.id, ChangeKind.UPDATED);
  const open = { callOutId: call.id, status: CoverStatus.ASKED };
  await tx.db.update(CoverRequest, { ...open, deadline: LessThanOrEqual(tx.now()) }, { status: CoverStatus.LAPSED });
  const accepted = await tx.db.countBy(CoverRequest, { callOutId: call.id, status: CoverStatus.ACCEPTED });
  const why = await whyNobody(tx, at);
  if (accepted >= call.count || why === ClaimObstacle.SHIFT_FULL) return end(tx, call, CallOutStatus.FILLED);
  if (why || at.event.visibility === Visibility.PRIVATE) return end(tx, call, CallOutStatus.CLOSED);
  const missing = Math.min(call.count - accepted, at.shift.capacity - at.shift.taken);
  await askMore(tx, at, call, perPlace * missing - (await tx.db.countBy(CoverRequest, open)));
  const [first] = await tx.db.find(CoverRequest, { where: open, order: { deadline: "ASC" }, take: 1 });
  const nextAt = first?.deadline ?? new Date(tx.now().getTime() + pauseMs);
  await tx.db.update(CallOut, { id: call.id }, { nextAt });
}

async function askMore(tx: Transaction, at: LockedShift, call: CallOutRow, wanted: number): Promise<void> {
  const left = mostAsked - (await tx.db.countBy(CoverRequest, { callOutId: call.id }));
  const most = Math.min(wanted, left);
  if (most <= 0) return;
  const asked = { callOutId: call.id, status: CoverStatus.ASKED, askedAt: tx.now(), deadline: deadlineFor(tx, at) };
  const requests = (await nextToAsk(tx, at, call, most)).map((personId) => ({ id: newId(), personId, ...asked }));
  await tx.db.insert(CoverRequest, requests);
  await sendLetter(
    tx,
    coverLetter,
    requests.map(({ id, personId }) => ({ personId, key: id, data: { coverId: id } })),
  );
}

/** An eighth of the time that is left, at least ten minutes and at most two hours, and never past the end. */
function deadlineFor(tx: Transaction, { shift }: LockedShift): Date {
  const now = tx.now().getTime();
  const left = Math.max(shift.startsAt.getTime() - now, 0);
  const lasts = Math.min(Math.max(left / 8, 10 * minute), 120 * minute);
  return new Date(Math.min(now + lasts, shift.endsAt.getTime()));
}

/** Ends a call-out; nobody who is asked can accept any more. */
export async function end(tx: Transaction, { id }: CallOutRow, status: CallOutStatus): Promise<void> {
  await tx.db.update(CallOut, { id }, { status, endedAt: tx.now(), nextAt: null });
  const asked = { callOutId: id, status: CoverStatus.ASKED };
  await tx.db.update(CoverRequest, asked, { status: CoverStatus.CLOSED });
}
