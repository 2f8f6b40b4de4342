import { ArrayMaxSize, IsEnum, IsLatitude, IsLongitude, IsOptional, MaxLength, ValidateNested } from "class-validator";
import { ArgsType, Field, Float, ID, InputType } from "type-graphql";
import { badInput } from "../../platform/errors.js";
import { PageArgs } from "../../platform/graphql/connection.js";
import { LanguageTag, languageTag } from "../../platform/graphql/language.js";
import { DateTime, LocalDate } from "../../platform/graphql/scalars.js";
import { containing, fold, Text } from "../../platform/graphql/text.js";
import type { Args, Scope, Sql } from "../../platform/reading/shape.js";
import { AccessibilityStatus, EventType, Occurrence } from "./event.values.js";

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
  @Field(() => LocalDate, {
    nullable: true,
    description: "On this day of the calendar of its place; one over midnight is on both days.",
  })
  on?: string;
  @Field(() => String, {
    nullable: true,
    description: "With this text in the title, in any case, with or without accents: 2 to 100 characters.",
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
  if (filter?.search && searched(filter.search).length < 2)
    throw badInput("filter.search", "must have 2 letters, digits or signs at least");
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
    ...when("on", () => onDay(row, args)),
    ...when(
      "search",
      () =>
        `${row}.search_text LIKE ${args.bindAs((value) => containing(searched(value("filter.search") as string)), "text")}`,
    ),
    ...when("types", () => `${row}.type = ANY (${args.bind("filter.types", "text[]")})`),
    ...when("accessibility", () => `${row}.accessibility = ANY (${args.bind("filter.accessibility", "text[]")})`),
    ...when("occurrence", () => `${row}.occurrence = ANY (${args.bind("filter.occurrence", "text[]")})`),
    ...when("languages", () => speaks(row, args)),
    ...when("within", () => within(row, args)),
  ];
}

const searched = (text: string): string => fold(text.trim());

/** The first and last day are on the calendar of the place; no event lasts over 14 days, so that an index by time serves too. */
function onDay(row: string, args: Args): Sql {
  const day = args.bind("filter.on", "date");
  const near = `${row}.span_starts_at BETWEEN ${day} - interval '16 days' AND ${day} + interval '2 days'`;
  return `(${day} BETWEEN ${row}.starts_on AND ${row}.ends_on AND ${near})`;
}

/** Basic filtering of RFC 4647: a tag finds those that begin with it. */
function speaks(row: string, args: Args): Sql {
  const tags = args.bindAs((value) => (value("filter.languages") as string[]).map(languageTag), "text[]");
  return `EXISTS (SELECT 1 FROM unnest(${row}.languages) spoken, unnest(${tags}) wanted
    WHERE spoken = wanted OR starts_with(spoken, wanted || '-'))`;
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
