import type { Context } from "../../platform/context.js";
import type { Transaction } from "../../platform/database/transact.js";
import { Invitation, InvitationStatus } from "../people/index.js";
import { letter } from "./letter.kinds.js";
import { sendLetter } from "./letter.service.js";

/**
 * A letter for invitations of a kind; `titleOf` names what they are to. One a day to a person for a thing, however often
 * they are invited and the invitation is taken back.
 */
export function invitationLetter(
  kind: string,
  titleOf: (ctx: Context, subjectId: string) => Promise<string | undefined>,
): (tx: Transaction, invitation: Invitation) => Promise<void> {
  const words = letter<{ subjectId: string }>(`invitation-${kind}`, async (ctx, { personId }, { subjectId }) => {
    const open = { kind, subjectId, personId, status: InvitationStatus.OPEN };
    const invitation = await ctx.db.findOneBy(Invitation, open);
    if (!invitation || invitation.expiresAt <= ctx.now()) return null;
    const title = await titleOf(ctx, subjectId);
    if (title === undefined) return null;
    const until = invitation.expiresAt.toISOString().slice(0, 10);
    return {
      subject: `You are invited: ${title}`,
      text: `You are invited to ${title}, as ${invitation.role.toLowerCase()}.\n\nSign in with this address at ${ctx.config.publicUrl} to accept or decline, until ${until}. If you do nothing, nothing happens.`,
    };
  });
  return (tx, { subjectId, personId, createdAt }) => {
    const key = `${subjectId}:${personId}:${createdAt.toISOString().slice(0, 10)}`;
    return sendLetter(tx, words, [{ personId, key, data: { subjectId } }]);
  };
}
