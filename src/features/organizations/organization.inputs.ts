import { IsInt, IsOptional, IsUrl, MaxLength } from "class-validator";
import { Field, ID, InputType, Int } from "type-graphql";
import { RepeatableInput } from "../../platform/graphql/repeatable.js";
import { Text } from "../../platform/graphql/text.js";
import { OrganizationKind } from "./organization.values.js";

const https = { protocols: ["https"], require_protocol: true, disallow_auth: true };
const Website = (): PropertyDecorator => (target, property) => {
  IsOptional()(target, property);
  MaxLength(500, { message: "must be at most 500 characters" })(target, property);
  IsUrl(https, { message: "must be an https address, such as https://example.org" })(target, property);
};

@InputType()
export class RegisterOrganizationInput extends RepeatableInput {
  @Field({
    description:
      "Its name: 2 to 120 characters, one of them a letter or a digit. Refused when it looks like a verified organization's (NAME_TAKEN); when it looks like another's, the site's staff decide.",
  })
  @Text(2, 120)
  name!: string;

  @Field(() => OrganizationKind, { description: "What sort of organization it is." })
  kind!: OrganizationKind;

  @Field(() => String, { nullable: true, description: "Its website: an https address of at most 500 characters." })
  @Website()
  website?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "What it is and does: plain text, at most 2,000 characters.",
  })
  @IsOptional()
  @Text(0, 2_000)
  description?: string | null;
}

@InputType({ description: "What is left out stays; null clears it." })
export class EditOrganizationInput extends RepeatableInput {
  @Field(() => ID, { description: "An organization that you own or are an admin of." })
  organizationId!: string;

  @Field(() => Int, { description: "Its `version` as you have seen it; an older one is refused (STALE_VERSION)." })
  @IsInt()
  version!: number;

  @Field(() => String, {
    nullable: true,
    description:
      "Its name: 2 to 120 characters, cannot be cleared. A name that reads otherwise is judged like a new one, and ends `verified`.",
  })
  @IsOptional()
  @Text(2, 120)
  name?: string | null;

  @Field(() => OrganizationKind, { nullable: true, description: "What sort it is; cannot be cleared." })
  kind?: OrganizationKind | null;

  @Field(() => String, { nullable: true, description: "Its website: an https address of at most 500 characters." })
  @Website()
  website?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "What it is and does: plain text, at most 2,000 characters.",
  })
  @IsOptional()
  @Text(0, 2_000)
  description?: string | null;
}

@InputType()
export class ReviewOrganizationInput extends RepeatableInput {
  @Field(() => ID, { description: "The organization that you decide on as staff of the site." })
  organizationId!: string;
}

@InputType()
export class RejectOrganizationInput extends ReviewOrganizationInput {
  @Field({ description: "Why, for its members: 3 to 1,000 characters." })
  @Text(3, 1_000)
  reason!: string;
}

@InputType()
export class ParentInput extends RepeatableInput {
  @Field(() => ID, { description: "The local." })
  organizationId!: string;

  @Field(() => ID, { description: "The parent, such as a federation." })
  parentId!: string;
}
