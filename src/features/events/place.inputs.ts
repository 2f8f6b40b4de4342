import { ArrayMaxSize, IsLatitude, IsLongitude, IsOptional, Max, Min } from "class-validator";
import { Field, Float, InputType, Int } from "type-graphql";
import { GeoJSONLineString, type LineString } from "../../platform/graphql/geojson.js";
import { RepeatableInput } from "../../platform/graphql/repeatable.js";
import { Text } from "../../platform/graphql/text.js";
import { LocationPrecision } from "./event.values.js";

const accuracy = { message: "must be from 1 to 100,000" };

/** Where an event is, and who may know how exactly. */
@InputType()
export abstract class EventPlaceInput extends RepeatableInput {
  @Field(() => String, { nullable: true, description: "Name of the place: at most 200 characters." })
  @IsOptional()
  @Text(0, 200)
  venue?: string | null;

  @Field(() => [String], { nullable: true, description: "Street and number: at most 3 lines of 200 characters." })
  @IsOptional()
  @ArrayMaxSize(3)
  @Text(0, 200, { each: true })
  addressLines?: string[] | null;

  @Field(() => String, { nullable: true, description: "City as in the address; the city's name unless told." })
  @IsOptional()
  @Text(0, 100)
  locality?: string | null;

  @Field(() => String, { nullable: true, description: "ZIP code: at most 20 characters." })
  @IsOptional()
  @Text(0, 20)
  postalCode?: string | null;

  @Field(() => Float, {
    nullable: true,
    description: "Degrees north of the place, -90 to 90; give both coordinates or none.",
  })
  @IsOptional()
  @IsLatitude({ message: "must be from -90 to 90" })
  latitude?: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "Degrees east of the place, -180 to 180; give both coordinates or none.",
  })
  @IsOptional()
  @IsLongitude({ message: "must be from -180 to 180" })
  longitude?: number | null;

  @Field(() => LocationPrecision, {
    nullable: true,
    description: "How exactly the public sees the place; EXACT in a new event unless told.",
  })
  locationPrecision?: LocationPrecision | null;

  @Field(() => Int, {
    nullable: true,
    description: "How many metres the point may be off, 1 to 100,000; needs a point.",
  })
  @IsOptional()
  @Min(1, accuracy)
  @Max(100_000, accuracy)
  accuracyMeters?: number | null;

  @Field(() => GeoJSONLineString, {
    nullable: true,
    description: "The way that a march takes, at most 100 km; replaces all of the one before.",
  })
  marchRoute?: LineString | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "True: those with a confirmed RSVP see the exact place too. False in a new event unless told.",
  })
  exactAfterRsvp?: boolean | null;
}
