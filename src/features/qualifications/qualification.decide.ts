import { audit } from "../../platform/audit/audit.js";
import { allow, type Context, signedIn, type Viewer } from "../../platform/context.js";
import { type Repeatable, transactOnce } from "../../platform/database/idempotency.js";
import type { Transaction } from "../../platform/database/transact.js";
import { ErrorReason } from "../../platform/errors.js";
import { tidy } from "../../platform/graphql/text.js";
import type { ClearQualificationInput, RefuseQualificationInput } from "./qualification.inputs.js";
import { tellOutcome } from "./qualification.letters.js";
import { canDecide, canRevoke } from "./qualification.policy.js";
import { checkEnd, checkVerified, clearedUntil, conflict } from "./qualification.rules.js";
import { lockQualification, type QualificationAnswer } from "./qualification.service.js";
import { Qualification, type QualificationRow } from "./qualification.js";
import { QualificationStatus } from "./qualification.values.js";

const { CLEARED, DECLINED, REVOKED } = QualificationStatus;

/** Clears the person, or renews that with another date; with the same it is harmless. */
export const clearQualification = (ctx: Context, input: ClearQualificationInput): Promise<QualificationAnswer> =>
  decide(ctx, "clearQualification", input, { may: canDecide, outcome: CLEARED }, async (tx, before) => {
    const expiresAt = input.expiresAt ?? null;
    await checkVerified(tx, before.organizationId);
    if (before.status === CLEARED && before.requestedAt === null && isSame(before.expiresAt, expiresAt)) return null;
    checkEnd(expiresAt, tx.now());
    return { ...clearedUntil(expiresAt, tx.now()), beforeTraining: null };
  });

const isSame = (one: Date | null, other: Date | null): boolean => one?.getTime() === other?.getTime();

/** Says no to an open request; a clearance that was to be renewed stands until it expires. Again is harmless. */
export const declineQualification = (ctx: Context, input: RefuseQualificationInput): Promise<QualificationAnswer> =>
  decide(ctx, "declineQualification", input, { may: canDecide, outcome: DECLINED }, async (tx, before) => {
    const { status, requestedAt } = before;
    if (requestedAt === null && status === DECLINED) return null;
    if (requestedAt === null) throw conflict("Nothing is asked for.", ErrorReason.NOT_REQUESTED);
    const answered = { requestedAt: null, reason: tidy(input.reason) };
    return status === CLEARED ? answered : { ...answered, status: DECLINED, decidedAt: tx.now() };
  });

/** Ends a clearance at once, and whatever is asked for with it. Again is harmless. */
export const revokeQualification = (ctx: Context, input: RefuseQualificationInput): Promise<QualificationAnswer> =>
  decide(ctx, "revokeQualification", input, { may: canRevoke, outcome: REVOKED }, async (tx, before) => {
    if (before.status === REVOKED) return null;
    if (before.status !== CLEARED) throw conflict("There is no clearance to revoke.", ErrorReason.NOT_CLEARED);
    const ended = { requestedAt: null, expiresAt: null, remindAt: null, beforeTraining: null };
    return { ...ended, status: REVOKED, decidedAt: tx.now(), reason: tidy(input.reason) };
  });

interface Decision {
  may: (viewer: Viewer, row: QualificationRow) => boolean;
  outcome: QualificationStatus;
}

function decide(
  ctx: Context,
  operation: string,
  input: Repeatable & { qualificationId: string },
  { may, outcome }: Decision,
  rule: (tx: Transaction, before: QualificationRow) => Promise<Partial<QualificationRow> | null>,
): Promise<QualificationAnswer> {
  const viewer = signedIn(ctx);
  return transactOnce(ctx, operation, input, async (tx) => {
    const before = await lockQualification(tx, input.qualificationId);
    allow(may(viewer, before), "decide on this qualification: the organization's admins may");
    const changes = await rule(tx, before);
    if (changes) {
      await tx.db.update(Qualification, { id: before.id }, changes);
      await tellOutcome(tx, before, outcome);
      await audit(tx, { type: "Qualification", id: before.id, scopes: [before.organizationId], fields: ["status"] });
    }
    return { qualificationId: before.id };
  });
}
