import { Field, ID, InputType } from "type-graphql";
import { RepeatableInput } from "../../platform/graphql/repeatable.js";

@InputType()
export class EndorsementInput extends RepeatableInput {
  @Field(() => ID, { description: "The endorsement, or the invitation to it." })
  endorsementId!: string;
}
