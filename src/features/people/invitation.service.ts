import { MoreThan } from "typeorm";
import { audit } from "../../platform/audit/audit.js";
import { allow, type Context, signedIn } from "../../platform/context.js";
import { type Repeatable, transactOnce } from "../../platform/database/idempotency.js";
import { fromGlobalId, newId } from "../../platform/database/ids.js";
import type { Transaction } from "../../platform/database/transact.js";
import { ErrorReason, Refusal } from "../../platform/errors.js";
import { kindOf } from "./invitation.kinds.js";
import { Invitation } from "./invitation.js";
import { InvitationStatus } from "./invitation.values.js";
import { lockPerson } from "./person.service.js";

const lifeMs = 14 * 24 * 3_600_000;

/** Who is invited to what. */
export type Invited = Pick<Invitation, "kind" | "subjectId" | "personId">;

/** The invitation that a person has not answered, locked; it may have expired. */
export const lockOpenInvitation = (
  tx: Transaction,
  { kind, subjectId, personId }: Invited,
): Promise<Invitation | null> =>
  tx.db.findOne(Invitation, {
    where: { kind, subjectId, personId, status: InvitationStatus.OPEN },
    lock: { mode: "pessimistic_write" },
  });

const perDay = 200;
const dayMs = 24 * 3_600_000;

/** Each invitation is a mail to somebody who did not ask for it: nobody sends them without end, withdrawn ones among them. */
async function refuseTooMany(tx: Transaction): Promise<void> {
  const { personId: invitedBy } = signedIn(tx);
  await lockPerson(tx, invitedBy);
  const createdAt = MoreThan(new Date(tx.now().getTime() - dayMs));
  if ((await tx.db.countBy(Invitation, { invitedBy, createdAt })) >= perDay)
    throw new Refusal("CONFLICT", `You may invite ${perDay} people within 24 hours; go on tomorrow.`, {
      reason: ErrorReason.LIMIT_REACHED,
    });
}

/** Invites a person, or renews the open invitation; whether the viewer may is the caller's to judge. */
export async function invite(tx: Transaction, invited: Invited, role: string): Promise<Invitation> {
  await refuseTooMany(tx);
  const now = tx.now();
  const [{ id }]: [{ id: string }] = await tx.db.query(
    `INSERT INTO invitations (id, kind, subject_id, person_id, role, invited_by, created_at, expires_at, status)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'OPEN')
     ON CONFLICT (kind, subject_id, person_id) WHERE status = 'OPEN' DO UPDATE
       SET role = excluded.role, invited_by = excluded.invited_by,
           created_at = excluded.created_at, expires_at = excluded.expires_at
     RETURNING id`,
    [
      newId(),
      invited.kind,
      invited.subjectId,
      invited.personId,
      role,
      signedIn(tx).personId,
      now,
      new Date(now.getTime() + lifeMs),
    ],
  );
  return tx.db.findOneByOrFail(Invitation, { id });
}

/** Takes back what a person has promised for a thing: their word no longer counts there. */
export const withdrawInvitationsBy = (
  tx: Transaction,
  invitedBy: string,
  { kind, subjectId }: Pick<Invitation, "kind" | "subjectId">,
): Promise<unknown> =>
  tx.db.update(
    Invitation,
    { invitedBy, kind, subjectId, status: InvitationStatus.OPEN },
    { status: InvitationStatus.WITHDRAWN, answeredAt: tx.now() },
  );

interface InvitationInput extends Repeatable {
  invitationId: string;
}

/** What an answered invitation was for. */
type Closed = Pick<Invitation, "id" | "kind" | "subjectId">;

/** Gives the viewer the role; again is harmless. */
export const acceptInvitation = (ctx: Context, input: InvitationInput): Promise<Closed> =>
  answer(ctx, "acceptInvitation", input, {
    to: InvitationStatus.ACCEPTED,
    may: isMine,
    what: "accept this invitation: only the invited may",
  });

/** Says no; again is harmless. */
export const declineInvitation = (ctx: Context, input: InvitationInput): Promise<Closed> =>
  answer(ctx, "declineInvitation", input, {
    to: InvitationStatus.DECLINED,
    may: isMine,
    what: "decline this invitation: only the invited may",
  });

/** Takes an invitation back, by whoever might have sent it; again is harmless. */
export const withdrawInvitation = (ctx: Context, input: InvitationInput): Promise<Closed> =>
  answer(ctx, "withdrawInvitation", input, {
    to: InvitationStatus.WITHDRAWN,
    may: isSender,
    what: "withdraw this invitation: whoever may send it may",
  });

interface Step {
  to: InvitationStatus;
  may: (ctx: Context, invitation: Invitation) => boolean;
  what: string;
}

function answer(ctx: Context, operation: string, input: InvitationInput, { to, may, what }: Step): Promise<Closed> {
  signedIn(ctx);
  return transactOnce(ctx, operation, input, async (tx) => {
    const invitation = await lockInvitation(tx, input);
    allow(may(tx, invitation), what);
    const { id, kind, subjectId } = invitation;
    if (invitation.status !== to) await close(tx, invitation, to);
    return { id, kind, subjectId };
  });
}

const isMine = ({ viewer }: Context, { personId }: Invitation): boolean => viewer?.personId === personId;
const isSender = ({ viewer }: Context, invitation: Invitation): boolean =>
  viewer !== null && kindOf(invitation).mayInvite(viewer, invitation.subjectId, invitation.role);

async function lockInvitation(tx: Transaction, { invitationId }: InvitationInput): Promise<Invitation> {
  const id = fromGlobalId("Invitation", invitationId, "input.invitationId");
  const invitation = await tx.db.findOne(Invitation, { where: { id }, lock: { mode: "pessimistic_write" } });
  if (!invitation || !(isMine(tx, invitation) || isSender(tx, invitation)))
    throw new Refusal("NOT_FOUND", "There is no such invitation.");
  return invitation;
}

async function close(tx: Transaction, invitation: Invitation, status: InvitationStatus): Promise<void> {
  if (invitation.status !== InvitationStatus.OPEN)
    throw new Refusal("CONFLICT", "This invitation was answered or withdrawn.", {
      reason: ErrorReason.INVITATION_CLOSED,
    });
  const accepted = status === InvitationStatus.ACCEPTED;
  if (accepted && invitation.expiresAt <= tx.now())
    throw new Refusal("CONFLICT", "This invitation has expired; ask for another.", {
      reason: ErrorReason.INVITATION_EXPIRED,
    });
  await tx.db.update(Invitation, { id: invitation.id }, { status, answeredAt: tx.now() });
  if (accepted) await kindOf(invitation).accept(tx, invitation);
  await audit(tx, { type: "Invitation", id: invitation.id, scopes: [invitation.subjectId], fields: ["status"] });
}

/** The viewer's invitations that can still be accepted, at most 100, the one that expires first first. */
export async function openInvitations(ctx: Context): Promise<Invitation[]> {
  return ctx.db
    .createQueryBuilder(Invitation, "i")
    .where("i.personId = :me AND i.status = :open AND i.expiresAt > :now", {
      me: signedIn(ctx).personId,
      open: InvitationStatus.OPEN,
      now: ctx.now(),
    })
    .orderBy("i.expiresAt")
    .addOrderBy("i.id")
    .limit(100)
    .getMany();
}
