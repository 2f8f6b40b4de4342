import { Field, ID, InputType } from "type-graphql";
import { RepeatableInput } from "../../platform/graphql/repeatable.js";
import { DateTime } from "../../platform/graphql/scalars.js";
import { Text } from "../../platform/graphql/text.js";

@InputType()
export class CreateApiKeyInput extends RepeatableInput {
  @Field({ description: "What it is for, such as “map of the north side”: 1 to 60 characters. Only you read it." })
  @Text(1, 60)
  name!: string;

  @Field(() => DateTime, {
    nullable: true,
    description: "From when it is refused, in the future; without it the key is valid until you revoke it.",
  })
  expiresAt?: Date | null;
}

@InputType()
export class RevokeApiKeyInput extends RepeatableInput {
  @Field(() => ID, { description: "A key of yours." })
  apiKeyId!: string;
}
