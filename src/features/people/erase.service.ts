import { audit } from "../../platform/audit/audit.js";
import { type Context, signedIn } from "../../platform/context.js";
import { transactOnce } from "../../platform/database/idempotency.js";
import { badInput } from "../../platform/errors.js";
import { beforeErasing, exportOf } from "../../platform/personal.js";
import type { EraseMyDataInput } from "./erase.inputs.js";
import { accessEnded } from "./person.changes.js";
import { Person } from "./person.js";
import { lockPerson } from "./person.service.js";

export const sure = "erase everything";

/** Everything that is tied to the viewer, as JSON. */
export const exportMyData = async (ctx: Context): Promise<string> =>
  JSON.stringify(await exportOf(ctx, signedIn(ctx).personId), null, 2);

/**
 * Erases the viewer: what they hold is given back first, then the database lets go of all that is tied to them. Counts
 * stay, and the audit trail, by an id that leads to nobody.
 */
export function eraseMyData(ctx: Context, input: EraseMyDataInput): Promise<{ erased: true }> {
  const { personId } = signedIn(ctx);
  if (input.confirm !== sure) throw badInput("input.confirm", `must be the words: ${sure}`);
  return transactOnce(ctx, "eraseMyData", input, async (tx) => {
    // Whatever else they do at this moment waits, and finds nobody then. Here a person is locked before their shifts:
    // where that meets a claim of theirs the database lets one of the two begin again.
    if (!(await lockPerson(tx, personId))) return { erased: true };
    for (const giveBack of beforeErasing) await giveBack(tx, personId);
    await tx.db.delete(Person, { id: personId });
    accessEnded(tx, personId);
    await audit(tx, { type: "Viewer", id: personId, scopes: [personId] });
    return { erased: true };
  });
}
