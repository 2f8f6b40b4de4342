import { ArrayMaxSize, IsEnum, IsLatitude, IsLongitude, IsOptional, MaxLength, ValidateNested } from "class-validator";
import { ArgsType, Field, Float, ID, InputType } from "type-graphql";
import { badInput } from "../../platform/errors.js";
import { PageArgs } from "../../platform/graphql/connection.js";
import { DateTime } from "../../platform/graphql/scalars.js";
import type { Args, Scope, Sql } from "../../platform/reading/shape.js";
import { AccessibilityStatus, EventType } from "./event.values.js";

@InputType({ description: "A rectangle on the map. West greater than east crosses the 180th meridian." })
export class BoundingBox {
  @Field(() => Float, { description: "Western edge: degrees east, from -180 to 180." })
  @IsLongitude({ message: "must be from -180 to 180" })
  west!: number;
  @Field(() => Float, { description: "Southern edge: degrees north, from -90 to 90, not above `north`." })
  @IsLatitude({ message: "must be from -90 to 90" })
  south!: number;
  @Field(() => Float, { description: "Eastern edge: degrees east, from -180 to 180." })
  @IsLongitude({ message: "must be from -180 to 180" })
  east!: number;
  @Field(() => Float, { description: "Northern edge: degrees north, from -90 to 90." })
  @IsLatitude({ message: "must be from -90 to 90" })
  north!: number;
}

@InputType({ description: "Which events; all conditions must hold, those left out don't limit." })
export class EventFilter {
  @Field(() => ID, { nullable: true, description: "Of this campaign." })
  campaignId?: string;
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
  @Field(() => BoundingBox, {
    nullable: true,
    description: "Whose public point is in this rectangle, its edges included.",
  })
  @IsOptional()
  @ValidateNested()
  within?: BoundingBox;
}

@ArgsType()
export class EventsArgs extends PageArgs {
  @Field(() => EventFilter, { nullable: true, description: "Which events; left out: all that you may see." })
  @IsOptional()
  @ValidateNested()
  filter?: EventFilter;
}

/** Refuses what a filter cannot mean. */
export function checkFilter(filter: EventFilter | undefined): void {
  const box = filter?.within;
  if (box && box.south > box.north) throw badInput("filter.within.south", "must not be above north");
  if (filter?.endsAfter && filter.startsBefore && filter.endsAfter > filter.startsBefore)
    throw badInput("filter.startsBefore", "must not be before endsAfter");
}

/** A filter as SQL conditions. */
export function eventFilter(row: string, _scope: Scope, args: Args): Sql[] {
  const when = (path: string, condition: () => Sql): Sql[] => (args.has(`filter.${path}`) ? [condition()] : []);
  return [
    ...when("campaignId", () => `${row}.campaign_id = ${args.id("filter.campaignId", "Campaign")}`),
    ...when("cityId", () => `${row}.city_id = ${args.id("filter.cityId", "City")}`),
    ...when(
      "region",
      () => `${row}.city_id IN (SELECT id FROM cities WHERE region = ${args.bind("filter.region", "text")})`,
    ),
    ...when("endsAfter", () => `${row}.span_ends_at > ${args.bind("filter.endsAfter", "timestamptz")}`),
    ...when("startsBefore", () => `${row}.span_starts_at < ${args.bind("filter.startsBefore", "timestamptz")}`),
    ...when("types", () => `${row}.type = ANY (${args.bind("filter.types", "text[]")})`),
    ...when("accessibility", () => `${row}.accessibility = ANY (${args.bind("filter.accessibility", "text[]")})`),
    ...when("within", () => within(row, args)),
  ];
}

type Corners = [west: number, south: number, east: number, north: number];
const asBox = ([west, south, east, north]: Corners): string => `(${west},${south}),(${east},${north})`;
const nowhere: Corners = [999, 999, 999, 999];

/** A box that crosses the 180th meridian is two; the second of any other is nowhere. Two conditions let the index serve both. */
function within(row: string, args: Args): Sql {
  const part = (corners: (box: BoundingBox) => Corners): Sql =>
    args.bindAs((value) => asBox(corners(value("filter.within") as BoundingBox)), "text::box");
  const first = part((b) => [b.west, b.south, b.west <= b.east ? b.east : 180, b.north]);
  const second = part((b) => (b.west <= b.east ? nowhere : [-180, b.south, b.east, b.north]));
  const point = `point(${row}.public_longitude, ${row}.public_latitude)`;
  return `(${point} <@ ${first} OR ${point} <@ ${second})`;
}
