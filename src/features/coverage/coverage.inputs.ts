import { IsOptional } from "class-validator";
import { Field, ID, InputType } from "type-graphql";
import { RepeatableInput } from "../../platform/graphql/repeatable.js";
import { Text } from "../../platform/graphql/text.js";
import { PublicAddress } from "../../platform/graphql/url.js";
import { CoverageKind } from "./coverage.js";

@InputType()
export class AddCoverageInput extends RepeatableInput {
  @Field(() => ID, { description: "The event that it is about." })
  eventId!: string;

  @Field(() => CoverageKind, { description: "What the link leads to." })
  kind!: CoverageKind;

  @Field({
    description:
      "An https address of at most 500 ASCII characters at a public name: no IP address, user, password or port.",
  })
  @PublicAddress(500)
  url!: string;

  @Field({ description: "Its headline, or what it shows: 3 to 200 characters." })
  @Text(3, 200)
  title!: string;

  @Field(() => String, { nullable: true, description: "Who published it: at most 120 characters." })
  @IsOptional()
  @Text(0, 120)
  publisher?: string | null;
}

@InputType()
export class AcceptCoverageInput extends RepeatableInput {
  @Field(() => ID, { description: "A suggestion at an event that you manage." })
  coverageId!: string;
}

@InputType()
export class RemoveCoverageInput extends RepeatableInput {
  @Field(() => ID, { description: "A link at an event that you manage, or one that you added." })
  coverageId!: string;
}
