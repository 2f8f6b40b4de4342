import { In } from "typeorm";
import type { Transaction } from "../../platform/database/transact.js";
import { letter, sendLetter } from "../letters/index.js";
import { adminsOf, canSeeOrganization, Organization } from "../organizations/index.js";
import { Qualification, type QualificationRow } from "./qualification.js";
import { type QualificationKind, QualificationStatus } from "./qualification.values.js";

const inWords: Record<QualificationKind, string> = {
  MARSHAL_TRAINING: "marshal training",
  DE_ESCALATION: "de-escalation",
  FIRST_AID: "first aid",
  LEGAL_OBSERVER: "legal observing",
};

const dayOf = (instant: Date): string => instant.toISOString().slice(0, 10);

const { CLEARED, DECLINED, REVOKED } = QualificationStatus;

/** A renewal that is declined leaves the clearance as it is: there the request alone is over. */
const isStillSo = ({ status, requestedAt, reason }: QualificationRow, outcome: QualificationStatus): boolean =>
  outcome === DECLINED ? status !== REVOKED && requestedAt === null && reason !== null : status === outcome;

/** Tells a person what an organization has decided. */
const outcomeLetter = letter<{ qualificationId: string; outcome: QualificationStatus }>(
  "qualification-outcome",
  async (ctx, { personId }, { qualificationId: id, outcome }) => {
    const row = await ctx.db.findOneBy(Qualification, { id, personId });
    if (!row || !isStillSo(row, outcome)) return null;
    const organization = await ctx.db.findOneByOrFail(Organization, { id: row.organizationId });
    const name = canSeeOrganization(ctx.viewer, organization) ? organization.name : "The organization";
    const [what, until] = [inWords[row.kind], row.expiresAt ? `, until ${dayOf(row.expiresAt)}` : ""];
    if (outcome === CLEARED)
      return { subject: `Cleared: ${what}`, text: `${name} has cleared you for ${what}${until}.` };
    const [subject, text] =
      outcome === REVOKED
        ? [`No longer cleared: ${what}`, `You are no longer cleared for ${what} by ${name}.`]
        : [`Not cleared: ${what}`, `${name} has declined your request to be cleared for ${what}.`];
    return { subject, text: `${text}\n\nThey say:\n${row.reason}` };
  },
);

/** Has it told, and once more when it is decided once more. */
export const tellOutcome = (
  tx: Transaction,
  { id, personId }: Pick<QualificationRow, "id" | "personId">,
  outcome: QualificationStatus,
): Promise<void> => {
  const key = `${id}:${outcome}:${tx.now().toISOString()}`;
  return sendLetter(tx, outcomeLetter, [{ personId, key, data: { qualificationId: id, outcome } }]);
};

/** Tells those who act for an organization that somebody waits. */
const requestLetter = letter<{ organizationId: string }>(
  "qualification-request",
  async (ctx, _recipient, { organizationId }) => {
    if (!ctx.viewer?.adminOf.includes(organizationId)) return null;
    const [{ waiting }]: [{ waiting: number }] = await ctx.db.query(
      "SELECT count(*)::int AS waiting FROM qualifications WHERE organization_id = $1 AND requested_at IS NOT NULL",
      [organizationId],
    );
    if (waiting === 0) return null;
    const { name } = await ctx.db.findOneByOrFail(Organization, { id: organizationId });
    const who = waiting === 1 ? "Somebody asks" : `${waiting} people ask`;
    return {
      subject: `${who} to be cleared by ${name}`,
      text: `${who} to be cleared by your organization, ${name}.\n\nSee "qualificationRequests" of it, and answer, at ${ctx.config.publicUrl}`,
    };
  },
);

const hourMs = 3_600_000;

/** One mail an hour, however many ask: nobody can fill an admin's mailbox. */
export async function askAdmins(tx: Transaction, organizationId: string): Promise<void> {
  const hour = Math.floor(tx.now().getTime() / hourMs);
  const letters = (await adminsOf(tx, [organizationId])).map((personId) => ({
    personId,
    key: `${organizationId}:${personId}:${hour}`,
    data: { organizationId },
  }));
  await sendLetter(tx, requestLetter, letters);
}

/** Tells a person that a clearance expires, while it counts. */
const renewalLetter = letter<{ qualificationId: string; expiresAt: string }>(
  "qualification-renewal",
  async (ctx, { personId }, { qualificationId: id, expiresAt }) => {
    const row = await ctx.db.findOneBy(Qualification, { id, personId, status: CLEARED });
    if (row?.expiresAt?.toISOString() !== expiresAt || row.expiresAt <= ctx.now()) return null;
    const organization = await ctx.db.findOneBy(Organization, { id: row.organizationId, verified: true });
    if (!organization) return null;
    const what = inWords[row.kind];
    return {
      subject: `Soon to be renewed: ${what}`,
      text: `${organization.name} has cleared you for ${what} until ${dayOf(row.expiresAt)}.\n\nAsk them to renew it, at ${ctx.config.publicUrl}`,
    };
  },
);

type Due = Pick<QualificationRow, "id" | "personId"> & { expiresAt: Date };

/** Has these told, once, and notes it. */
export async function tellDue(tx: Transaction, due: Due[]): Promise<void> {
  await tx.db.update(Qualification, { id: In(due.map(({ id }) => id)) }, { remindAt: null });
  await sendLetter(
    tx,
    renewalLetter,
    due.map(({ id, personId, expiresAt }) => {
      const until = expiresAt.toISOString();
      return { personId, key: `${id}:${until}`, data: { qualificationId: id, expiresAt: until } };
    }),
  );
}
