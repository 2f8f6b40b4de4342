import { Arg, Ctx, Field, FieldResolver, ID, Mutation, ObjectType, Resolver } from "type-graphql";
import type { Context } from "../../platform/context.js";
import { toGlobalId } from "../../platform/database/ids.js";
import { Node } from "../../platform/graphql/node.js";
import { Ref } from "../../platform/reading/read.js";
import { AcceptInvitationInput, DeclineInvitationInput, WithdrawInvitationInput } from "./invitation.inputs.js";
import { kindOf } from "./invitation.kinds.js";
import { Invitation } from "./invitation.js";
import { acceptInvitation, declineInvitation, openInvitations, withdrawInvitation } from "./invitation.service.js";
import { type InvitationAnswer, invitationAnswer } from "./invitation.answer.js";
import { ViewerAccount } from "./person.js";

@ObjectType()
class AcceptInvitationPayload {
  @Field(() => Node, { nullable: true, description: "What you now have a role in; null when you left it since." })
  subject!: Ref;
}

@ObjectType({ description: "The same however often it is said." })
class EndedInvitationPayload {
  @Field(() => ID, { description: "The invitation that can no longer be accepted." })
  invitationId!: string;
}

const ended = ({ id }: Pick<Invitation, "id">): EndedInvitationPayload => ({
  invitationId: toGlobalId("Invitation", id),
});

@Resolver(() => ViewerAccount)
export class InvitationResolver {
  @FieldResolver(() => [Invitation], {
    description: "What you are invited to and can still accept: at most 100, the one that expires first first.",
  })
  async invitations(@Ctx() ctx: Context): Promise<InvitationAnswer[]> {
    return (await openInvitations(ctx)).map(invitationAnswer);
  }

  @Mutation(() => AcceptInvitationPayload, {
    description:
      "Gives you the role; again is harmless. Refused with CONFLICT and a reason: INVITATION_EXPIRED, INVITATION_CLOSED.",
  })
  async acceptInvitation(
    @Ctx() ctx: Context,
    @Arg("input") input: AcceptInvitationInput,
  ): Promise<AcceptInvitationPayload> {
    const invitation = await acceptInvitation(ctx, input);
    // From here on this request has the new role's rights.
    ctx.viewer = await ctx.viewerOf(ctx.viewer!.sessionId);
    return { subject: new Ref(kindOf(invitation).subject, invitation.subjectId) };
  }

  @Mutation(() => EndedInvitationPayload, {
    description: "Says no to an invitation; again is harmless. Refused when you accepted it: INVITATION_CLOSED.",
  })
  async declineInvitation(
    @Ctx() ctx: Context,
    @Arg("input") input: DeclineInvitationInput,
  ): Promise<EndedInvitationPayload> {
    return ended(await declineInvitation(ctx, input));
  }

  @Mutation(() => EndedInvitationPayload, {
    description:
      "Takes an invitation back, by whoever may send such a one; again is harmless. Refused when it was answered: INVITATION_CLOSED.",
  })
  async withdrawInvitation(
    @Ctx() ctx: Context,
    @Arg("input") input: WithdrawInvitationInput,
  ): Promise<EndedInvitationPayload> {
    return ended(await withdrawInvitation(ctx, input));
  }
}
