import { audit } from "../../platform/audit/audit.js";
import type { Transaction } from "../../platform/database/transact.js";
import type { Event } from "../events/index.js";
import { isOwnAct } from "./signup.unnamed.js";
import { tellEnded } from "./swap.letters.js";
import { ShiftSwap, type SwapRow } from "./swap.js";
import { SwapStatus } from "./swap.values.js";

type Scopes = Pick<Event, "id" | "campaignId">;

export const noteSwap = (tx: Transaction, { id, campaignId }: Scopes, swapId: string): Promise<void> =>
  audit(tx, { type: "ShiftSwap", id: swapId, scopes: [id, campaignId], fields: ["status"], unnamed: isOwnAct(tx) });

/** Notes where a swap stands now. */
export async function setSwap(
  tx: Transaction,
  event: Scopes,
  swap: SwapRow,
  status: SwapStatus,
  at = tx.now(),
): Promise<SwapRow> {
  const change = { status, deadline: null, decidedAt: at };
  await tx.db.update(ShiftSwap, { id: swap.id }, change);
  await noteSwap(tx, event, swap.id);
  return { ...swap, ...change };
}

/** Whoever was to take a place that is no longer offered, does not get it. */
export async function endSwaps(tx: Transaction, event: Scopes, giverId: string): Promise<void> {
  for (const swap of await tx.db.findBy(ShiftSwap, { giverId, status: SwapStatus.PENDING }))
    await tellEnded(tx, await setSwap(tx, event, swap, SwapStatus.WITHDRAWN));
}
