import { IsEmail, Matches, MaxLength } from "class-validator";
import { Field, InputType } from "type-graphql";

@InputType()
export class RequestSignInCodeInput {
  @Field({ description: "Your e-mail address, at most 254 characters." })
  @MaxLength(254)
  @IsEmail({}, { message: "must be an e-mail address, such as ana@example.org" })
  email!: string;
}

@InputType()
export class SignInInput {
  @Field({ description: "The address that the code was sent to." })
  @MaxLength(254)
  @IsEmail({}, { message: "must be an e-mail address, such as ana@example.org" })
  email!: string;

  @Field({ description: "The six digits of the newest mail; valid for ten minutes and five tries." })
  @Matches(/^\d{6}$/, { message: "must be the six digits of the mail" })
  code!: string;
}
