import { Matches } from "class-validator";
import { Field, ID, InputType } from "type-graphql";
import { RepeatableInput } from "../../platform/graphql/repeatable.js";
import { identifierPattern, identifierRule } from "./identifier.js";

@InputType()
export class EventIdentifierInput extends RepeatableInput {
  @Field(() => ID, { description: "An event that you manage." })
  eventId!: string;

  @Field({
    description:
      "The other system, a colon and the event's id there, such as mobilize:123: 2 to 40 of a-z, 0-9, dots and hyphens, then 1 to 200 printable ASCII characters without spaces.",
  })
  @Matches(identifierPattern, { message: identifierRule })
  identifier!: string;
}
