import { IsEmail, IsOptional, Max, MaxLength, Min } from "class-validator";
import { ArgsType, Field, ID, InputType, Int } from "type-graphql";
import { ForwardArgs } from "../../platform/graphql/connection.js";
import { RepeatableInput } from "../../platform/graphql/repeatable.js";
import { Text } from "../../platform/graphql/text.js";

@InputType()
export class PromisePeacekeepersInput extends RepeatableInput {
  @Field(() => ID, { description: "An organization that you own or are an admin of." })
  organizationId!: string;

  @Field(() => ID, { description: "The event they are for." })
  eventId!: string;

  @Field(() => Int, { description: "How many: 1 to 1,000, and no fewer than are named." })
  @Min(1, { message: "must be at least 1" })
  @Max(1_000, { message: "must be at most 1,000" })
  count!: number;

  @Field(() => String, {
    nullable: true,
    description: "What the coordinators should know: 1 to 500 characters; left out, what was said before stays.",
  })
  @Text(1, 500)
  @IsOptional()
  note?: string | null;
}

@InputType()
export class WithdrawDispatchInput extends RepeatableInput {
  @Field(() => ID, { description: "A promise of an organization that you own or are an admin of, or for your event." })
  dispatchId!: string;
}

@InputType()
export class NamePeacekeeperInput extends RepeatableInput {
  @Field(() => ID, { description: "A promise of an organization that you own or are an admin of." })
  dispatchId!: string;

  @Field({ description: "The address that the person signs in with; need not have an account yet." })
  @MaxLength(254)
  @IsEmail({}, { message: "must be an e-mail address, such as ana@example.org" })
  email!: string;
}

@InputType()
export class UnnamePeacekeeperInput extends NamePeacekeeperInput {}

@ArgsType()
export class DispatchNamesArgs extends ForwardArgs {
  @Field(() => ID, { description: "A promise of an organization that you own or are an admin of." })
  dispatchId!: string;
}
