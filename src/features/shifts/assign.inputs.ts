import { ArrayMaxSize, ArrayUnique, IsEmail, IsIn, IsOptional, MaxLength } from "class-validator";
import { Field, ID, InputType } from "type-graphql";
import { RepeatableInput } from "../../platform/graphql/repeatable.js";
import { Text } from "../../platform/graphql/text.js";
import { ClaimObstacle, overridable } from "./shift.values.js";

@InputType()
export class AssignShiftInput extends RepeatableInput {
  @Field(() => ID, { description: "The shift; you coordinate its event, or may edit it." })
  shiftId!: string;

  @Field(() => String, {
    nullable: true,
    description: "The address that the person signs in with; need not have an account yet. Either this or `signupId`.",
  })
  @IsEmail({}, { message: "must be an e-mail address, such as ana@example.org" })
  @MaxLength(254)
  @IsOptional()
  email?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: "A sign-up of this shift, such as one that waits in line. Either this or `email`.",
  })
  signupId?: string | null;

  @Field(() => [ClaimObstacle], {
    defaultValue: [],
    description: `What does not stand in the way this time: ${overridable.join(", ")}; each at most once, and with a \`reason\`.`,
  })
  @IsIn(overridable, { each: true, message: `may hold ${overridable.join(", ")} alone` })
  @ArrayUnique({ message: "must hold each at most once" })
  @ArrayMaxSize(overridable.length)
  overrides!: ClaimObstacle[];

  @Field(() => String, {
    nullable: true,
    description: "Why it is overridden: 3 to 500 characters; kept with the sign-up's step.",
  })
  @Text(3, 500)
  @IsOptional()
  reason?: string | null;
}
