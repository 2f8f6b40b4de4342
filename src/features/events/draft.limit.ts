import { MoreThan } from "typeorm";
import { signedIn } from "../../platform/context.js";
import type { Transaction } from "../../platform/database/transact.js";
import { ErrorReason, Refusal } from "../../platform/errors.js";
import { lockPerson } from "../people/index.js";
import { Event } from "./event.js";

const perDay = 300;
const dayMs = 24 * 3_600_000;

/** Anybody may draft events and hand them in: nobody buries the staff under them. The staff themselves have no limit. */
export async function refuseTooManyDrafts(tx: Transaction, campaignId: string | null, more = 1): Promise<void> {
  const { personId, staffOf } = signedIn(tx);
  if (campaignId !== null && staffOf.includes(campaignId)) return;
  await lockPerson(tx, personId);
  const createdAt = MoreThan(new Date(tx.now().getTime() - dayMs));
  if ((await tx.db.countBy(Event, { createdBy: personId, createdAt })) + more > perDay)
    throw new Refusal("CONFLICT", `You may draft ${perDay} events within 24 hours; go on tomorrow.`, {
      reason: ErrorReason.LIMIT_REACHED,
    });
}
