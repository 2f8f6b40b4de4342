import { audit } from "../../platform/audit/audit.js";
import { allow, type Context, signedIn } from "../../platform/context.js";
import { transactOnce } from "../../platform/database/idempotency.js";
import { fromGlobalId, newId } from "../../platform/database/ids.js";
import type { Transaction } from "../../platform/database/transact.js";
import { Refusal } from "../../platform/errors.js";
import { tidy } from "../../platform/graphql/text.js";
import { organizationOf } from "../organizations/index.js";
import { lockPerson } from "../people/index.js";
import type { RequestQualificationInput, WithdrawQualificationRequestInput } from "./qualification.inputs.js";
import { askAdmins } from "./qualification.letters.js";
import { canAsk, canKnow, isOwn } from "./qualification.policy.js";
import { checkLimit, checkVerified, lockRow } from "./qualification.rules.js";
import { Qualification, type QualificationRow } from "./qualification.js";
import { QualificationStatus } from "./qualification.values.js";

export interface QualificationAnswer {
  qualificationId: string;
}

/** Asks an organization to clear the viewer, for the first time or anew; again is harmless. */
export function requestQualification(ctx: Context, input: RequestQualificationInput): Promise<QualificationAnswer> {
  const { personId } = signedIn(ctx);
  return transactOnce(ctx, "requestQualification", input, async (tx) => {
    const key = { personId, organizationId: await organizationOf(tx, input), kind: input.kind };
    await lockPerson(tx, personId);
    const before = await lockRow(tx, key);
    const asks = before === null || canAsk(before, tx.now());
    if (asks) {
      await checkVerified(tx, key.organizationId);
      await checkLimit(tx, personId);
    }
    const changes = { ...(asks ? { requestedAt: tx.now() } : {}), ...newName(tx, before, input.name) };
    const { id } = before ?? { id: newId() };
    if (before === null)
      await tx.db.insert(Qualification, { ...key, id, status: QualificationStatus.REQUESTED, ...changes });
    else if (Object.keys(changes).length > 0) await tx.db.update(Qualification, { id }, changes);
    else return { qualificationId: id };
    if (asks) await askAdmins(tx, key.organizationId);
    await note(tx, { id, organizationId: key.organizationId }, changes);
    return { qualificationId: id };
  });
}

/** The trail is for ever, what a person asks for is not: it does not name them. */
const note = (
  tx: Transaction,
  { id, organizationId }: Pick<QualificationRow, "id" | "organizationId">,
  changes: object,
) =>
  audit(tx, {
    type: "Qualification",
    id,
    scopes: [organizationId],
    fields: Object.keys(changes).map((field) => (field === "nameSealed" ? "name" : field)),
    unnamed: true,
  });

function newName(
  { secrets }: Transaction,
  before: QualificationRow | null,
  given: string | null | undefined,
): Partial<Pick<QualificationRow, "nameSealed">> {
  if (given === undefined) return {};
  const name = tidy(given);
  const known = before?.nameSealed ? secrets.open(before.nameSealed) : null;
  if (name === known) return {};
  return { nameSealed: name === null ? null : secrets.seal(name) };
}

/** Takes the viewer's open request back; what was decided before stays. Again is harmless. */
export function withdrawQualificationRequest(
  ctx: Context,
  input: WithdrawQualificationRequestInput,
): Promise<QualificationAnswer> {
  const viewer = signedIn(ctx);
  return transactOnce(ctx, "withdrawQualificationRequest", input, async (tx) => {
    const found = await lockQualification(tx, input.qualificationId);
    allow(isOwn(viewer, found), "withdraw this request: whoever made it may");
    const { id, requestedAt, status } = found;
    if (requestedAt === null) return { qualificationId: id };
    if (status === QualificationStatus.REQUESTED) await tx.db.delete(Qualification, { id });
    else await tx.db.update(Qualification, { id }, { requestedAt: null });
    await note(tx, found, { requestedAt: null });
    return { qualificationId: id };
  });
}

/** The qualification, locked; one that the viewer may not know of is not there. */
export async function lockQualification(tx: Transaction, globalId: string): Promise<QualificationRow> {
  const found = await lockRow(tx, { id: fromGlobalId("Qualification", globalId, "input.qualificationId") });
  if (!found || !canKnow(signedIn(tx), found)) throw new Refusal("NOT_FOUND", "There is no such qualification.");
  return found;
}
