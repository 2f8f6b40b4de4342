import { Matches } from "class-validator";
import { Field, ID, InputType } from "type-graphql";
import { RepeatableInput } from "../../platform/graphql/repeatable.js";
import { Text } from "../../platform/graphql/text.js";
import { MessageAudience } from "./message.js";

@InputType()
export class MessagePeacekeepersInput extends RepeatableInput {
  @Field(() => MessageAudience, { description: "To whom." })
  to!: MessageAudience;

  @Field(() => ID, { nullable: true, description: "To EVENT or ON_DUTY: the event; you coordinate it. Else refused." })
  eventId?: string | null;

  @Field(() => ID, { nullable: true, description: "To SHIFT: the shift; you coordinate its event. Else refused." })
  shiftId?: string | null;

  @Field({ description: "What it is about: 3 to 120 characters in one line." })
  @Text(3, 120)
  @Matches(/^[^\n\t]*$/, { message: "must be one line" })
  subject!: string;

  @Field({ description: "The message: plain text of 1 to 5,000 characters. It cannot be edited: people have read it." })
  @Text(1, 5_000)
  text!: string;
}

@InputType()
export class MessageCoordinatorsInput extends RepeatableInput {
  @Field(() => ID, { description: "The shift on which you hold a confirmed place." })
  shiftId!: string;

  @Field({ description: "What you want to say: plain text of 1 to 2,000 characters." })
  @Text(1, 2_000)
  text!: string;
}
