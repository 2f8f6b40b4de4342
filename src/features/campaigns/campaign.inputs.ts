import { ArrayMaxSize, IsDefined, IsEnum, IsOptional, Matches, Min, ValidateIf, ValidateNested } from "class-validator";
import { ArgsType, Field, ID, InputType, Int } from "type-graphql";
import { PageArgs } from "../../platform/graphql/connection.js";
import { RepeatableInput } from "../../platform/graphql/repeatable.js";
import { LocalDate } from "../../platform/graphql/scalars.js";
import { Text } from "../../platform/graphql/text.js";
import { CampaignStatus, ReviewPolicy } from "./campaign.values.js";

@InputType({ description: "Which campaigns; all conditions must hold, those left out don't limit." })
class CampaignFilter {
  @Field(() => [CampaignStatus], { nullable: true, description: "With one of these; at most 3." })
  @IsOptional()
  @ArrayMaxSize(3)
  @IsEnum(CampaignStatus, { each: true })
  statuses?: CampaignStatus[];
}

@ArgsType()
export class CampaignsArgs extends PageArgs {
  @Field(() => CampaignFilter, { nullable: true, description: "Which campaigns; left out: all that you may see." })
  @IsOptional()
  @ValidateNested()
  filter?: CampaignFilter;
}

@InputType()
export class CreateCampaignInput extends RepeatableInput {
  @Field(() => String, {
    nullable: true,
    description:
      "Name for URLs: 3 to 60 lower-case letters, digits and single hyphens between them. Taken: CONFLICT with SLUG_TAKEN. Left out: made of the title.",
  })
  @IsOptional()
  @Matches(/^(?=.{3,60}$)[a-z0-9]+(-[a-z0-9]+)*$/, {
    message: "must be 3 to 60 lower-case letters, digits and single hyphens between them, such as day-of-action",
  })
  slug?: string | null;

  @Field({ description: "What it is called: 3 to 120 characters." })
  @Text(3, 120)
  title!: string;

  @Field(() => LocalDate, { description: "The first day of action." })
  startsOn!: string;

  @Field(() => LocalDate, { description: "The last day of action: not before `startsOn`, at most 400 days after it." })
  endsOn!: string;

  @Field(() => String, { nullable: true, description: "What people are called to do: at most 300 characters." })
  @IsOptional()
  @Text(0, 300)
  callToAction?: string | null;

  @Field(() => String, { nullable: true, description: "What it is about: plain text, at most 10,000 characters." })
  @IsOptional()
  @Text(0, 10_000)
  description?: string | null;

  @Field(() => ReviewPolicy, {
    defaultValue: ReviewPolicy.REVIEW_ALL,
    description: "Which of its events its staff look at before they are published.",
  })
  reviewPolicy!: ReviewPolicy;
}

/** A field that an edit may leave out, but not clear. */
export function Kept(): PropertyDecorator {
  const given = ValidateIf((_input, value) => value !== undefined);
  const notNull = IsDefined({ message: "can be changed or left out, not cleared" });
  return (target, name) => {
    given(target, name);
    notNull(target, name);
  };
}

@InputType({ description: "A field left out stays as it is; null clears it." })
export class EditCampaignInput extends RepeatableInput {
  @Field(() => ID, { description: "A campaign whose staff you are." })
  campaignId!: string;

  @Field(() => Int, {
    description:
      "The campaign's `version` that you edit. When somebody has edited it since: CONFLICT with STALE_VERSION, and `fields` names what is different now.",
  })
  @Min(1, { message: "must be the campaign's version, at least 1" })
  version!: number;

  @Field(() => String, { nullable: true, description: "What it is called: 3 to 120 characters; cannot be cleared." })
  @Kept()
  @Text(3, 120)
  title?: string;

  @Field(() => LocalDate, { nullable: true, description: "The first day of action; cannot be cleared." })
  @Kept()
  startsOn?: string;

  @Field(() => LocalDate, {
    nullable: true,
    description: "The last day of action: not before `startsOn`, at most 400 days after it; cannot be cleared.",
  })
  @Kept()
  endsOn?: string;

  @Field(() => String, { nullable: true, description: "What people are called to do: at most 300 characters." })
  @IsOptional()
  @Text(0, 300)
  callToAction?: string | null;

  @Field(() => String, { nullable: true, description: "What it is about: plain text, at most 10,000 characters." })
  @IsOptional()
  @Text(0, 10_000)
  description?: string | null;

  @Field(() => ReviewPolicy, {
    nullable: true,
    description: "Which of its events its staff look at before they are published; cannot be cleared.",
  })
  @Kept()
  reviewPolicy?: ReviewPolicy;
}

@InputType()
export class CampaignInput extends RepeatableInput {
  @Field(() => ID, { description: "A campaign whose staff you are." })
  campaignId!: string;
}

@InputType()
export class CampaignOrganizationInput extends RepeatableInput {
  @Field(() => ID, { description: "The campaign." })
  campaignId!: string;

  @Field(() => ID, { description: "The organization." })
  organizationId!: string;
}
