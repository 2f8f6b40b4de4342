import { ArrayMaxSize, IsEnum, IsOptional, Matches, Max, MaxLength, Min, ValidateNested } from "class-validator";
import { ArgsType, Field, Float, ID, InputType } from "type-graphql";
import { PageArgs } from "../../platform/graphql/connection.js";
import { LanguageTag } from "../../platform/graphql/language.js";
import { DateTime, LocalDate } from "../../platform/graphql/scalars.js";
import { Text } from "../../platform/graphql/text.js";
import { AccessibilityStatus, EventOrder, EventType, Occurrence } from "./event.values.js";
import { identifierPattern, identifierRule } from "./identifier.js";

/** A number between two, both included; NaN and infinities are none. */
const From =
  (least: number, most: number): PropertyDecorator =>
  (target, name) => {
    const message = `must be from ${least} to ${most.toLocaleString("en")}`;
    Min(least, { message })(target, name);
    Max(most, { message })(target, name);
  };
const longitude = From(-180, 180);
const latitude = From(-90, 90);

@InputType({
  description:
    "A rectangle on the map, its edges included. West greater than east crosses the 180th meridian; west equal to east is a line.",
})
export class BoundingBox {
  @Field(() => Float, { description: "Western edge: degrees east, from -180 to 180." })
  @longitude
  west!: number;
  @Field(() => Float, { description: "Southern edge: degrees north, from -90 to 90, not above `north`." })
  @latitude
  south!: number;
  @Field(() => Float, { description: "Eastern edge: degrees east, from -180 to 180." })
  @longitude
  east!: number;
  @Field(() => Float, { description: "Northern edge: degrees north, from -90 to 90." })
  @latitude
  north!: number;
}

@InputType({ description: "A circle on the globe: a point, and how far around it, along great circles." })
export class NearPoint {
  @Field(() => Float, { description: "Degrees north, WGS 84, from -90 to 90." })
  @latitude
  latitude!: number;
  @Field(() => Float, { description: "Degrees east, WGS 84, from -180 to 180." })
  @longitude
  longitude!: number;
  @Field(() => Float, {
    description: "How far at most, in kilometres on a sphere of radius 6,371 km: from 0.1 to 20,000.",
  })
  @From(0.1, 20_000)
  withinKm!: number;
}

@InputType({ description: "Which events; all conditions must hold, those left out don't limit." })
export class EventFilter {
  @Field(() => ID, { nullable: true, description: "Of this campaign." })
  campaignId?: string;
  @Field(() => ID, {
    nullable: true,
    description: "Which this organization leads or co-hosts; not those that it has only been asked to co-host.",
  })
  organizationId?: string;
  @Field(() => ID, { nullable: true, description: "In this city." })
  cityId?: string;
  @Field(() => String, { nullable: true, description: "In this state: its postal abbreviation, such as MN." })
  @IsOptional()
  @MaxLength(10)
  region?: string;
  @Field(() => DateTime, { nullable: true, description: "Not over by this instant." })
  endsAfter?: Date;
  @Field(() => DateTime, {
    nullable: true,
    description: "Begun before this instant; together with `endsAfter`, a span of time that the event touches.",
  })
  startsBefore?: Date;
  @Field(() => LocalDate, {
    nullable: true,
    description: "On this day of the calendar of its place; one over midnight is on both days.",
  })
  on?: string;
  @Field(() => LocalDate, {
    nullable: true,
    description: "On this day of the calendar of its place, or later: the first of a span of days.",
  })
  from?: string;
  @Field(() => LocalDate, {
    nullable: true,
    description: "On this day of the calendar of its place, or earlier: the last of a span of days, not before `from`.",
  })
  to?: string;
  @Field(() => String, {
    nullable: true,
    description:
      "Words of the title, of the city with its state's abbreviation, and of the venue where everybody may know it: each must begin a word there, in any order and case, with or without accents; punctuation is left out. 2 to 100 characters.",
  })
  @IsOptional()
  @Text(2, 100)
  search?: string;
  @Field(() => [EventType], { nullable: true, description: "Of one of these types; at most 16." })
  @IsOptional()
  @ArrayMaxSize(16)
  @IsEnum(EventType, { each: true })
  types?: EventType[];
  @Field(() => [AccessibilityStatus], { nullable: true, description: "With one of these; at most 3." })
  @IsOptional()
  @ArrayMaxSize(3)
  @IsEnum(AccessibilityStatus, { each: true })
  accessibility?: AccessibilityStatus[];
  @Field(() => [Occurrence], { nullable: true, description: "With one of these; at most 6." })
  @IsOptional()
  @ArrayMaxSize(6)
  @IsEnum(Occurrence, { each: true })
  occurrence?: Occurrence[];
  @Field(() => [String], {
    nullable: true,
    description: "Where one of these languages is spoken: at most 20 BCP 47 tags; es finds es-MX too.",
  })
  @IsOptional()
  @ArrayMaxSize(20)
  @LanguageTag({ each: true })
  languages?: string[];
  @Field(() => String, {
    nullable: true,
    description: "Which another system knows by this id, such as mobilize:123; see `Event.identifiers`.",
  })
  @IsOptional()
  @Matches(identifierPattern, { message: identifierRule })
  identifier?: string;
  @Field(() => BoundingBox, {
    nullable: true,
    description: "Whose public point is in this rectangle, its edges included.",
  })
  @IsOptional()
  @ValidateNested()
  within?: BoundingBox;
  @Field(() => NearPoint, {
    nullable: true,
    description: "Whose public point is in this circle; see `orderBy` and `EventEdge.distanceKm`.",
  })
  @IsOptional()
  @ValidateNested()
  near?: NearPoint;
}

@ArgsType()
export class EventsArgs extends PageArgs {
  @Field(() => EventFilter, { nullable: true, description: "Which events; left out: all that you may see." })
  @IsOptional()
  @ValidateNested()
  filter?: EventFilter;
  @Field(() => EventOrder, {
    nullable: true,
    description: "TIME unless told. DISTANCE needs `filter.near`; a cursor of one order is refused in the other.",
  })
  orderBy?: EventOrder;
}
