import type { Context } from "../../platform/context.js";
import { toGlobalId } from "../../platform/database/ids.js";
import { Ref } from "../../platform/reading/read.js";
import { kindOf } from "./invitation.kinds.js";
import { Invitation } from "./invitation.js";

/** An invitation as the API tells it. */
export interface InvitationAnswer extends Pick<Invitation, "id" | "kind" | "role" | "createdAt" | "expiresAt"> {
  subject: Ref;
}

export const invitationAnswer = ({
  id,
  kind,
  role,
  createdAt,
  expiresAt,
  subjectId,
}: Invitation): InvitationAnswer => ({
  id: toGlobalId("Invitation", id),
  kind,
  role,
  createdAt,
  expiresAt,
  subject: new Ref(kindOf({ kind }).subject, subjectId),
});

/** An invitation that the viewer has just sent. */
export const readInvitation = async (ctx: Context, id: string): Promise<InvitationAnswer> =>
  invitationAnswer(await ctx.db.findOneByOrFail(Invitation, { id }));
