import { Field, ID, InputType } from "type-graphql";
import { RepeatableInput } from "../../platform/graphql/repeatable.js";

@InputType()
export class AcceptInvitationInput extends RepeatableInput {
  @Field(() => ID, { description: "An open invitation of yours." })
  invitationId!: string;
}

@InputType()
export class DeclineInvitationInput extends RepeatableInput {
  @Field(() => ID, { description: "An open invitation of yours." })
  invitationId!: string;
}

@InputType()
export class WithdrawInvitationInput extends RepeatableInput {
  @Field(() => ID, { description: "An open invitation that you might have sent." })
  invitationId!: string;
}
