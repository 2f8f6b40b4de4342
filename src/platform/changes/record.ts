import type { Transaction } from "../database/transact.js";
import type { NewChange } from "./change.js";

/** Adds a change to the log of this transaction. */
export const record = (tx: Transaction, change: NewChange): void => void tx.recorded.push(change);
