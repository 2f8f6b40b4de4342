import { IsOptional, Matches } from "class-validator";
import { Field, InputType } from "type-graphql";

/** What every input has whose mutation may safely be sent again. */
@InputType()
export abstract class RepeatableInput {
  @Field(() => String, {
    nullable: true,
    description:
      "Makes sending the mutation again harmless: for 24 hours the same key gives the first answer's result, and the same key with another input is refused. 8 to 100 printable ASCII characters, such as a UUID; keys are your own, nobody else's can clash.",
  })
  @IsOptional()
  @Matches(/^[\x21-\x7e]{8,100}$/, {
    message: "must be 8 to 100 printable ASCII characters without spaces, such as a UUID",
  })
  idempotencyKey?: string | null;
}
