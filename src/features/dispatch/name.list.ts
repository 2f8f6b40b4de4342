import { audit } from "../../platform/audit/audit.js";
import { allow, type Context, signedIn } from "../../platform/context.js";
import { fromGlobalId } from "../../platform/database/ids.js";
import { transact } from "../../platform/database/transact.js";
import { type Page, readPage, type SealedList } from "../../platform/reading/page.js";
import type { DispatchNamesArgs } from "./dispatch.inputs.js";
import { lockDispatch } from "./dispatch.lock.js";
import type { NamedPeacekeeper } from "./dispatch.js";

/** Who is named for a promise, for the organization's admins; each look at addresses is in the audit trail. */
export function dispatchNames(ctx: Context, args: DispatchNamesArgs): Promise<Page<NamedPeacekeeper>> {
  signedIn(ctx);
  return transact(ctx, "dispatchNames", async (tx) => {
    const { pledge, own } = await lockDispatch(tx, fromGlobalId("DispatchPledge", args.dispatchId, "dispatchId"));
    allow(own, "see whom it has named: owners and admins of the organization may");
    const { id, organizationId } = pledge;
    await audit(tx, { type: "DispatchPledge", id, scopes: [organizationId], fields: ["names.email"] });
    return readPage(tx, namesOf(tx, id), args);
  });
}

interface Row {
  emailSealed: Buffer;
  namedAt: Date;
}

const namesOf = ({ secrets }: Context, pledgeId: string): SealedList<Row, NamedPeacekeeper> => ({
  of: ["dispatch names", pledgeId],
  columns: `p.email_sealed AS "emailSealed", n.named_at AS "namedAt"`,
  from: "dispatch_names n JOIN people p ON p.id = n.person_id",
  where: "n.pledge_id = $1 AND n.removed_at IS NULL",
  values: [pledgeId],
  order: ["n.named_at", "n.person_id"],
  open: ({ emailSealed, namedAt }) => ({ email: secrets.open(emailSealed), namedAt }),
});
