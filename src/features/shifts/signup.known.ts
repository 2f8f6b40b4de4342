import type { Transaction } from "../../platform/database/transact.js";
import type { Event } from "../events/index.js";
import { KnownPeacekeeper } from "./signup.js";

/** From now on the person's claims in the campaign, or at the event that has none, need no confirmation. */
export async function vouch(
  tx: Transaction,
  { id, campaignId }: Pick<Event, "id" | "campaignId">,
  personId: string,
): Promise<void> {
  const scopeId = campaignId ?? id;
  await tx.db.upsert(KnownPeacekeeper, { scopeId, personId, since: tx.now() }, ["scopeId", "personId"]);
}
