import type { Transaction } from "../../platform/database/transact.js";
import { letter, type LetterKind, sendLetter } from "../letters/index.js";
import { ShiftSignup } from "./signup.js";
import { factsOf } from "./signup.letters.js";
import { ShiftSwap, type SwapRow } from "./swap.js";
import { SwapStatus } from "./swap.values.js";

type SwapLetter = LetterKind<{ swapId: string }>;

/** A letter about a swap that is sent only while it stands so. */
const whileSwap = (kind: string, statuses: SwapStatus[], subject: string, text: string): SwapLetter =>
  letter<{ swapId: string }>(kind, async (ctx, _recipient, { swapId }) => {
    const swap = await ctx.db.findOneBy(ShiftSwap, { id: swapId });
    const facts = swap && statuses.includes(swap.status) && (await factsOf(ctx, swap.giverId));
    if (!facts) return null;
    return { about: facts.event.id, subject: `${subject}: ${facts.event.title}`, text: `${text}\n\n${facts.words}` };
  });

const { DONE, DECLINED, LAPSED, UNDONE, WITHDRAWN } = SwapStatus;

const given = whileSwap(
  "swap-given",
  [DONE],
  "Your place is taken over",
  "Somebody has taken your place on this shift: you need not come.",
);
const taken = whileSwap("swap-taken", [DONE], "You have a place", "The place on this shift that was offered is yours.");
const ended = whileSwap(
  "swap-ended",
  [DECLINED, LAPSED, WITHDRAWN],
  "Not this time",
  "The place on this shift that you wanted to take does not go to you.",
);
const givenBack = whileSwap(
  "swap-given-back",
  [UNDONE],
  "You have your place again",
  "A coordinator has undone the swap: the place on this shift is yours again.",
);
const takenBack = whileSwap(
  "swap-taken-back",
  [UNDONE],
  "Your place is gone",
  "A coordinator has undone the swap: the place on this shift went back to whoever had given it.",
);

const tell = (tx: Transaction, kind: SwapLetter, { id: swapId, status }: SwapRow, personId: string): Promise<void> =>
  sendLetter(tx, kind, [{ personId, key: `${swapId}:${status}`, data: { swapId } }]);

async function tellBoth(tx: Transaction, swap: SwapRow, giver: SwapLetter, taker: SwapLetter): Promise<void> {
  const { personId } = await tx.db.findOneByOrFail(ShiftSignup, { id: swap.giverId });
  await tell(tx, giver, swap, personId);
  await tell(tx, taker, swap, swap.takerId);
}

export const tellDone = (tx: Transaction, swap: SwapRow): Promise<void> => tellBoth(tx, swap, given, taken);
export const tellUndone = (tx: Transaction, swap: SwapRow): Promise<void> => tellBoth(tx, swap, givenBack, takenBack);
export const tellEnded = (tx: Transaction, swap: SwapRow): Promise<void> => tell(tx, ended, swap, swap.takerId);
