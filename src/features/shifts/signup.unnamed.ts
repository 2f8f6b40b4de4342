import type { Transaction } from "../../platform/database/transact.js";

/**
 * What peacekeepers do themselves, by the mutation's name; higher features add theirs. The audit trail is for ever and does
 * not name them: who signed up is erased some time after the event, and until then each step says who took it.
 */
export const ownActs = new Set([
  "claimShift",
  "releaseShift",
  "offerSwap",
  "withdrawSwap",
  "acceptSwap",
  "withdrawSwapRequest",
]);

export const isOwnAct = ({ operation }: Transaction): boolean => ownActs.has(operation);
