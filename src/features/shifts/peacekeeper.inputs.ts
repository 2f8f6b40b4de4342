import { IsOptional, IsPhoneNumber } from "class-validator";
import { Field, ID, InputType } from "type-graphql";
import { RepeatableInput } from "../../platform/graphql/repeatable.js";
import { Text } from "../../platform/graphql/text.js";

@InputType()
export class UpdatePeacekeeperInput extends RepeatableInput {
  @Field(() => String, {
    nullable: true,
    description: "What coordinators call you: 1 to 80 characters. Null: nothing.",
  })
  @Text(1, 80)
  @IsOptional()
  name?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Your number with its country code, as +16125550123. Null: none.",
  })
  @IsPhoneNumber(undefined, { message: "must be a number with its country code, such as +16125550123" })
  @IsOptional()
  phone?: string | null;

  @Field(() => ID, { nullable: true, description: "Near which city you can help out. Null: none." })
  cityId?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether you may be asked to help out where somebody is missing.",
  })
  onCall?: boolean | null;
}
