import { Field, ID, InputType } from "type-graphql";
import { RepeatableInput } from "../../platform/graphql/repeatable.js";
import { Text } from "../../platform/graphql/text.js";
import { SizeInput } from "./turnout.inputs.js";

@InputType()
export class CloseTurnoutInput extends SizeInput {
  @Field(() => ID, { description: "An event that you may edit, and that has begun." })
  eventId!: string;
}

@InputType()
export class CertifyTurnoutInput extends RepeatableInput {
  @Field(() => ID, { description: "An event of a campaign whose staff you are; it has begun." })
  eventId!: string;
}

@InputType()
export class ReopenTurnoutInput extends RepeatableInput {
  @Field(() => ID, { description: "An event that you may edit." })
  eventId!: string;

  @Field({ description: "Why the number cannot stand: 1 to 500 characters, for those concerned." })
  @Text(1, 500)
  reason!: string;
}
