import { IsNull, MoreThan } from "typeorm";
import type { Transaction } from "../../platform/database/transact.js";
import { ErrorReason, Refusal } from "../../platform/errors.js";
import { lockPerson } from "../people/index.js";
import { Coverage, CoverageStatus } from "./coverage.js";

const day = 24 * 3_600_000;
const openAtOnce = 20;
const perDay = 100;

/** Anybody may draft an event and manage it, so nobody adds links without end: removed ones count too. */
export async function refuseTooMany(tx: Transaction, eventId: string, suggestedBy: string): Promise<void> {
  await lockPerson(tx, suggestedBy);
  const today = { suggestedBy, addedAt: MoreThan(new Date(tx.now().getTime() - day)) };
  if ((await tx.db.countBy(Coverage, today)) >= perDay) throw limit(`You may add at most ${perDay} links in 24 hours.`);
  const open = { eventId, suggestedBy, status: CoverageStatus.SUGGESTED, removedAt: IsNull() };
  if ((await tx.db.countBy(Coverage, open)) >= openAtOnce)
    throw limit(`You have ${openAtOnce} suggestions open at this event; wait until those who manage it have looked.`);
}

const limit = (message: string): Refusal => new Refusal("CONFLICT", message, { reason: ErrorReason.LIMIT_REACHED });
