import { Matches } from "class-validator";
import { Field, ID, InputType } from "type-graphql";

// No idempotency key: such a key is kept with the person. The device key makes it harmless to pledge again.
@InputType()
export class PledgeInput {
  @Field(() => ID, { description: "The campaign to take part in; it is open." })
  campaignId!: string;

  @Field(() => ID, { description: "The city to take part in; find it with `cities` or `city`." })
  cityId!: string;

  @Field({
    description:
      "A random text that the client makes once and keeps, such as a UUID: 16 to 100 printable ASCII characters without spaces. The same key counts once in a campaign; only a keyed hash of it is kept.",
  })
  @Matches(/^[\x21-\x7e]{16,100}$/, {
    message: "must be 16 to 100 printable ASCII characters without spaces, such as a UUID",
  })
  deviceKey!: string;
}
