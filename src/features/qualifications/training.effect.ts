import type { Transaction } from "../../platform/database/transact.js";
import { clearedUntil } from "./qualification.rules.js";
import { Qualification, type QualificationRow, type Standing } from "./qualification.js";
import { QualificationStatus } from "./qualification.values.js";
import { Attendance } from "./training.js";

type Kept = NonNullable<QualificationRow["beforeTraining"]>;

/** What stands before a training clears, to be kept until all of them are undone; of one that is new, nothing. */
export const keep = (before: QualificationRow | null): Kept => before?.beforeTraining ?? (before ? textOf(before) : {});

const textOf = ({ status, requestedAt, decidedAt, expiresAt, reason }: QualificationRow): Kept => ({
  status,
  reason,
  requestedAt: requestedAt?.toISOString() ?? null,
  decidedAt: decidedAt?.toISOString() ?? null,
  expiresAt: expiresAt?.toISOString() ?? null,
});

const instant = (text: string | null | undefined): Date | null => (text ? new Date(text) : null);

/** How it stood before; null when it was not there. */
const standingOf = (kept: Kept): Standing | null =>
  kept.status
    ? {
        status: kept.status as QualificationStatus,
        reason: kept.reason ?? null,
        requestedAt: instant(kept.requestedAt),
        decidedAt: instant(kept.decidedAt),
        expiresAt: instant(kept.expiresAt),
      }
    : null;

const endOf = (standing: Standing | null): number =>
  standing?.status === QualificationStatus.CLEARED ? (standing.expiresAt?.getTime() ?? Infinity) : -Infinity;

/** Makes a qualification what it is by the trainings that are left. What was decided by hand since stays as it is. */
export async function settle(tx: Transaction, row: QualificationRow): Promise<void> {
  if (row.beforeTraining === null) return;
  const before = standingOf(row.beforeTraining);
  const left = await longest(tx, row.id, before?.decidedAt ?? null);
  if (left && left.until.getTime() > endOf(before)) {
    const { requestedAt } = row;
    await tx.db.update(Qualification, { id: row.id }, { ...clearedUntil(left.until, left.at), requestedAt });
  } else await restore(tx, row, before);
}

/** The attendance that clears for longest, of those since a decision by hand. */
async function longest(tx: Transaction, qualificationId: string, since: Date | null): Promise<Attendance | null> {
  return tx.db
    .createQueryBuilder(Attendance, "a")
    .where("a.qualificationId = :qualificationId", { qualificationId })
    .andWhere("(CAST(:since AS timestamptz) IS NULL OR a.at >= :since)", { since })
    .orderBy({ "a.until": "DESC", "a.at": "ASC" })
    .limit(1)
    .getOne();
}

async function restore(tx: Transaction, { id, requestedAt }: QualificationRow, before: Standing | null): Promise<void> {
  if (before === null && requestedAt === null) {
    await tx.db.delete(Qualification, { id });
    return;
  }
  const standing = before ?? { status: QualificationStatus.REQUESTED, decidedAt: null, expiresAt: null, reason: null };
  const asked = requestedAt ?? before?.requestedAt ?? null;
  await tx.db.update(
    Qualification,
    { id },
    { ...standing, requestedAt: asked, remindAt: remindAtOf(before, tx.now()), beforeTraining: null },
  );
}

const remindAtOf = (before: Standing | null, now: Date): Date | null =>
  before?.status === QualificationStatus.CLEARED ? clearedUntil(before.expiresAt, now).remindAt : null;
