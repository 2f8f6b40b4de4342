import { Matches } from "class-validator";
import { Field, ID, InputType } from "type-graphql";
import { RepeatableInput } from "../../platform/graphql/repeatable.js";
import { Text } from "../../platform/graphql/text.js";

@InputType()
export class AnnounceInput extends RepeatableInput {
  @Field(() => ID, { description: "An approved event that you manage." })
  eventId!: string;

  @Field({ description: "What it is about: 3 to 120 characters in one line." })
  @Text(3, 120)
  @Matches(/^[^\n\t]*$/, { message: "must be one line" })
  subject!: string;

  @Field({ description: "The message: plain text of 1 to 5,000 characters. It cannot be edited: people have read it." })
  @Text(1, 5_000)
  text!: string;
}

@InputType()
export class RemoveAnnouncementInput extends RepeatableInput {
  @Field(() => ID, { description: "An announcement of an event that you manage." })
  announcementId!: string;
}
