import type { Transaction } from "../../platform/database/transact.js";
import { badInput, ErrorReason, Refusal } from "../../platform/errors.js";
import { Organization } from "../organizations/index.js";
import { dayMs, renewalMs } from "./qualification.policy.js";
import { Qualification, type QualificationRow, type Standing } from "./qualification.js";
import { QualificationStatus } from "./qualification.values.js";

/** A rule of the state of things is against it. */
export const conflict = (message: string, reason: ErrorReason): Refusal => new Refusal("CONFLICT", message, { reason });

/** Only those clear whom the site's staff have found to be who they say. */
export async function checkVerified(tx: Transaction, organizationId: string): Promise<void> {
  if (!(await tx.db.existsBy(Organization, { id: organizationId, verified: true })))
    throw conflict(
      "This organization is not verified: only a verified one clears.",
      ErrorReason.ORGANIZATION_NOT_VERIFIED,
    );
}

const openAtMost = 10;

/** How many organizations one person can keep busy; the person is locked. */
export async function checkLimit(tx: Transaction, personId: string): Promise<void> {
  const [{ open }]: [{ open: number }] = await tx.db.query(
    "SELECT count(*)::int AS open FROM qualifications WHERE person_id = $1 AND requested_at IS NOT NULL",
    [personId],
  );
  if (open >= openAtMost)
    throw conflict(
      `${openAtMost} requests of yours wait for an answer; withdraw one first.`,
      ErrorReason.LIMIT_REACHED,
    );
}

const tenYearsMs = 3_653 * dayMs;

export function checkEnd(expiresAt: Date | null, now: Date): void {
  if (expiresAt === null) return;
  if (expiresAt <= now) throw badInput("input.expiresAt", "must be a time to come");
  if (expiresAt.getTime() > now.getTime() + tenYearsMs)
    throw badInput("input.expiresAt", "must be at most ten years from now");
}

export type Clearance = Standing & Pick<QualificationRow, "remindAt">;

/** How a clearance stands that is given now. Who is told of it when it is due already is not told so once more. */
export function clearedUntil(expiresAt: Date | null, now: Date): Clearance {
  const remindAt = expiresAt && new Date(expiresAt.getTime() - renewalMs);
  return {
    status: QualificationStatus.CLEARED,
    requestedAt: null,
    decidedAt: now,
    expiresAt,
    reason: null,
    remindAt: remindAt && remindAt > now ? remindAt : null,
  };
}

/** A qualification as nobody else changes it before this transaction ends. */
export const lockRow = (tx: Transaction, where: Partial<QualificationRow>): Promise<QualificationRow | null> =>
  tx.db.findOne(Qualification, {
    where: where as Partial<Pick<QualificationRow, "id" | "personId">>,
    lock: { mode: "pessimistic_write" },
  });
