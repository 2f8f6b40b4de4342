import { MoreThan } from "typeorm";
import { type Context, signedIn } from "../../platform/context.js";
import type { Transaction } from "../../platform/database/transact.js";
import { ErrorReason, Refusal } from "../../platform/errors.js";
import { findPerson, lockPerson, personWith } from "../people/index.js";
import type { NamePeacekeeperInput } from "./dispatch.inputs.js";
import { type DispatchAnswer, type LockedDispatch, refusePast, withDispatch } from "./dispatch.lock.js";
import { noted } from "./dispatch.service.js";
import { DispatchName, DispatchPledge } from "./dispatch.js";
import { DispatchStatus } from "./dispatch.values.js";
import { tellNamed } from "./name.letters.js";

/** Names a peacekeeper for a promise; says the same whether the address has an account or not. Again is harmless. */
export const namePeacekeeper = (ctx: Context, input: NamePeacekeeperInput): Promise<DispatchAnswer> =>
  withDispatch(ctx, "namePeacekeeper", input, async (tx, at) => {
    refuseUnlessOpen(tx, at);
    const personId = await personWith(tx, input.email);
    const { id: pledgeId, named, count } = at.pledge;
    const known = await tx.db.findOneBy(DispatchName, { pledgeId, personId });
    if (known?.removedAt === null) return;
    if (named >= count)
      throw new Refusal("CONFLICT", `All ${count} are named; promise more first, or take a name back.`, {
        reason: ErrorReason.DISPATCH_FULL,
      });
    const namedBy = await withinLimit(tx);
    await tx.db.save(DispatchName, { pledgeId, personId, namedAt: tx.now(), namedBy, removedAt: null });
    await countNames(tx, at);
    await tellNamed(tx, pledgeId, personId);
  });

function refuseUnlessOpen(tx: Transaction, { pledge, event, open }: LockedDispatch): void {
  if (!open) throw new Refusal("NOT_FOUND", "There is no such event.");
  if (pledge.status === DispatchStatus.WITHDRAWN)
    throw new Refusal("CONFLICT", "This promise is withdrawn; make it anew first.", {
      reason: ErrorReason.DISPATCH_WITHDRAWN,
    });
  refusePast(tx, event);
}

const perDay = 200;
const dayMs = 24 * 3_600_000;

/** Each name is a mail to somebody who did not ask for it, also one that is taken back again. */
async function withinLimit(tx: Transaction): Promise<string> {
  const { personId: namedBy } = signedIn(tx);
  await lockPerson(tx, namedBy);
  const namedAt = MoreThan(new Date(tx.now().getTime() - dayMs));
  if ((await tx.db.countBy(DispatchName, { namedBy, namedAt })) >= perDay)
    throw new Refusal("CONFLICT", `You may name ${perDay} people within 24 hours; go on tomorrow.`, {
      reason: ErrorReason.LIMIT_REACHED,
    });
  return namedBy;
}

/** Takes a name back: what the person has claimed stays theirs. Again is harmless. */
export const unnamePeacekeeper = (ctx: Context, input: NamePeacekeeperInput): Promise<DispatchAnswer> =>
  withDispatch(ctx, "unnamePeacekeeper", input, async (tx, at) => {
    const personId = await findPerson(tx, input.email);
    if (!personId) return;
    const name = await tx.db.findOneBy(DispatchName, { pledgeId: at.pledge.id, personId });
    if (name?.removedAt !== null) return;
    await tx.db.update(DispatchName, { pledgeId: at.pledge.id, personId }, { removedAt: tx.now() });
    await countNames(tx, at);
  });

/** Counts the names of a locked promise anew. */
export async function countNames(
  tx: Transaction,
  { pledge, event }: Pick<LockedDispatch, "pledge" | "event">,
): Promise<void> {
  await tx.db.update(
    DispatchPledge,
    { id: pledge.id },
    {
      named: () => "(SELECT count(*) FROM dispatch_names WHERE pledge_id = dispatch_pledges.id AND removed_at IS NULL)",
    },
  );
  await noted(tx, event, pledge, ["named"]);
}
