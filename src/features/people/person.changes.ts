import { record } from "../../platform/changes/record.js";
import type { Transaction } from "../../platform/database/transact.js";

/** The topic that closes sockets; never told to clients. */
export const accessTopic = "access";

/** Rights are gone (a session or a person is the scope): sockets that have them are closed at once. */
export const accessEnded = (tx: Transaction, sessionOrPersonId: string): void =>
  record(tx, { topic: accessTopic, kind: "ENDED", subjectId: sessionOrPersonId, scopes: [sessionOrPersonId] });
