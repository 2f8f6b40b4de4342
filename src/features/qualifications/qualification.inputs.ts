import { IsOptional } from "class-validator";
import { ArgsType, Field, ID, InputType } from "type-graphql";
import { ForwardArgs } from "../../platform/graphql/connection.js";
import { RepeatableInput } from "../../platform/graphql/repeatable.js";
import { DateTime } from "../../platform/graphql/scalars.js";
import { Text } from "../../platform/graphql/text.js";
import { QualificationKind, QualificationStatus } from "./qualification.values.js";

@InputType()
export class RequestQualificationInput extends RepeatableInput {
  @Field(() => ID, { description: "A verified organization that clears." })
  organizationId!: string;

  @Field(() => QualificationKind, { description: "What you want to be cleared for." })
  kind!: QualificationKind;

  @Field(() => String, {
    nullable: true,
    description:
      "Your name, for the admins of the organization only: at most 100 characters. Left out: as before, or none; null: none.",
  })
  @IsOptional()
  @Text(0, 100)
  name?: string | null;
}

@InputType()
export class WithdrawQualificationRequestInput extends RepeatableInput {
  @Field(() => ID, { description: "A qualification of your own." })
  qualificationId!: string;
}

@InputType()
export class ClearQualificationInput extends RepeatableInput {
  @Field(() => ID, { description: "A qualification that an organization of which you are an admin decides on." })
  qualificationId!: string;

  @Field(() => DateTime, {
    nullable: true,
    description:
      "Until when: a time to come, at most ten years from now. Left out or null: it does not expire, whatever was said before.",
  })
  expiresAt?: Date | null;
}

@InputType()
export class RefuseQualificationInput extends RepeatableInput {
  @Field(() => ID, { description: "A qualification that an organization of which you are an admin decides on." })
  qualificationId!: string;

  @Field({ description: "Why, for the person: 3 to 1,000 characters." })
  @Text(3, 1_000)
  reason!: string;
}

@ArgsType()
export class QualificationRequestsArgs extends ForwardArgs {
  @Field(() => ID, { description: "An organization of which you are an admin." })
  organizationId!: string;
}

@ArgsType()
export class OrganizationQualificationsArgs extends QualificationRequestsArgs {
  @Field(() => QualificationStatus, { nullable: true, description: "Those of this status alone." })
  status?: QualificationStatus;
}
