import { IsLatitude, IsLongitude, IsOptional, Max, Min } from "class-validator";
import { Field, Float, ID, InputType, Int } from "type-graphql";
import { RepeatableInput } from "../../platform/graphql/repeatable.js";
import { DateTime } from "../../platform/graphql/scalars.js";
import { Text } from "../../platform/graphql/text.js";
import { PublicAddress } from "../../platform/graphql/url.js";
import { CrowdDensity, largestCount, TurnoutMethod } from "./turnout.values.js";

const tooFew = { message: "must be at least 0" };
const tooMany = { message: "must be at most 5,000,000" };

/** How many there are. */
@InputType()
export abstract class SizeInput extends RepeatableInput {
  @Field(() => Int, {
    nullable: true,
    description: "The number of people, when it is one number: 0 to 5,000,000. Instead of `low` and `high`.",
  })
  @IsOptional()
  @Min(0, tooFew)
  @Max(largestCount, tooMany)
  count?: number | null;

  @Field(() => Int, { nullable: true, description: "At least so many people: 0 to 5,000,000. Goes with `high`." })
  @IsOptional()
  @Min(0, tooFew)
  @Max(largestCount, tooMany)
  low?: number | null;

  @Field(() => Int, { nullable: true, description: "At most so many people: `low` to 5,000,000." })
  @IsOptional()
  @Min(0, tooFew)
  @Max(largestCount, tooMany)
  high?: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      "Your own words, such as “about 2,000”: at most 200 characters. Words alone, such as “hundreds”, are kept as a report of unknown size.",
  })
  @IsOptional()
  @Text(0, 200)
  words?: string | null;
}

/** What every report says. */
@InputType()
export abstract class TurnoutInput extends SizeInput {
  @Field(() => TurnoutMethod, {
    nullable: true,
    description:
      "How you counted; AREA_DENSITY or MARCH_PASS_ROWS where the number comes of these unless you say otherwise.",
  })
  method?: TurnoutMethod | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      "When you saw it, from the day of the event on and not in the future. Unless told: now, or of a correction when the corrected was seen.",
  })
  observedAt?: Date | null;

  @Field(() => Float, {
    nullable: true,
    description:
      "The ground that the crowd covers: 1 to 10,000,000 m². With `density` and without a number, the number comes of them.",
  })
  areaSquareMeters?: number | null;

  @Field(() => CrowdDensity, { nullable: true, description: "How close people stand on `areaSquareMeters`." })
  density?: CrowdDensity | null;

  @Field(() => Float, {
    nullable: true,
    description:
      "Of a march: rows that pass a point in a minute, 0.1 to 200. With `peoplePerRow` and `minutes`, and without a number, the number comes of them.",
  })
  rowsPerMinute?: number | null;

  @Field(() => Float, { nullable: true, description: "Of a march: people in a row, 1 to 200." })
  peoplePerRow?: number | null;

  @Field(() => Float, { nullable: true, description: "Of a march: for how many minutes it passed, 1 to 1,440." })
  minutes?: number | null;

  @Field(() => String, { nullable: true, description: "What you add for those concerned: at most 1,000 characters." })
  @IsOptional()
  @Text(0, 1_000)
  note?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "An https address of a photo, video or article that shows it: at most 500 ASCII characters.",
  })
  @IsOptional()
  @PublicAddress(500)
  evidenceUrl?: string | null;

  @Field(() => Float, {
    nullable: true,
    description:
      "Where you stand, degrees north, -90 to 90; give both coordinates or none. They are only compared with the place of the event, and never stored.",
  })
  @IsOptional()
  @IsLatitude({ message: "must be from -90 to 90" })
  latitude?: number | null;

  @Field(() => Float, { nullable: true, description: "Where you stand, degrees east, -180 to 180." })
  @IsOptional()
  @IsLongitude({ message: "must be from -180 to 180" })
  longitude?: number | null;
}

@InputType()
export class ReportTurnoutInput extends TurnoutInput {
  @Field(() => ID, {
    description:
      "The event that you counted; you report for it, stand there, coordinate it or may edit it, or its campaign lets everybody report.",
  })
  eventId!: string;
}
