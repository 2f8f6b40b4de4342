import { IsEmail, IsOptional, Max, MaxLength, Min } from "class-validator";
import { ArgsType, Field, ID, InputType, Int } from "type-graphql";
import { ForwardArgs } from "../../platform/graphql/connection.js";
import { RepeatableInput } from "../../platform/graphql/repeatable.js";
import { Text } from "../../platform/graphql/text.js";

@InputType()
export class RsvpInput extends RepeatableInput {
  @Field(() => ID, { description: "An approved event that is not over." })
  eventId!: string;

  @Field(() => Int, {
    nullable: true,
    description: "How many come along with you: 0 to 20. Left out: as before, or none.",
  })
  @IsOptional()
  @Min(0, { message: "must be from 0 to 20" })
  @Max(20, { message: "must be from 0 to 20" })
  guests?: number | null;

  @Field(() => String, {
    nullable: true,
    description: "Your name for the hosts: at most 100 characters. Left out: as before; null: none.",
  })
  @IsOptional()
  @Text(0, 100)
  name?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether those who manage the event see your name. Left out: as before, or not.",
  })
  showName?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description:
      "Your e-mail address, at most 254 characters, for a mail with the link that confirms: required unless you are signed in, refused when you are. No host ever sees it.",
  })
  @IsOptional()
  @MaxLength(254)
  @IsEmail({}, { message: "must be an e-mail address, such as ana@example.org" })
  email?: string | null;
}

const tokenDescription = "What stands behind `/rsvp/` in the link of a mail: at most 500 characters; keep it secret.";

@InputType()
export class ConfirmRsvpInput extends RepeatableInput {
  @Field({ description: tokenDescription })
  @MaxLength(500)
  token!: string;
}

@InputType()
export class CancelRsvpInput extends RepeatableInput {
  @Field(() => ID, { nullable: true, description: "An RSVP of your own, when you are signed in; else give `token`." })
  rsvpId?: string | null;

  @Field(() => String, { nullable: true, description: tokenDescription })
  @IsOptional()
  @MaxLength(500)
  token?: string | null;
}

@InputType()
export class SetRsvpLimitInput extends RepeatableInput {
  @Field(() => ID, { description: "An event that you manage." })
  eventId!: string;

  @Field(() => Int, {
    nullable: true,
    description:
      "For how many people there is room: 1 to 1,000,000; null: for everybody; must be given. Below those who are going already it throws nobody out.",
  })
  @IsOptional()
  @Min(1, { message: "must be from 1 to 1,000,000" })
  @Max(1_000_000, { message: "must be from 1 to 1,000,000" })
  limit?: number | null;
}

@ArgsType()
export class EventRsvpsArgs extends ForwardArgs {
  @Field(() => ID, { description: "An event that you manage." })
  eventId!: string;
}
