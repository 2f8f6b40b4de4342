import { Field, Float, ObjectType } from "type-graphql";
import { LocationPrecision } from "./event.values.js";

/** Where an event is, as exactly as this reader may know. Read from the event's own row. */
@ObjectType({ description: "Where an event is, as exactly as you may know. Null means not known, or not for you." })
export class Location {
  @Field(() => LocationPrecision, { description: "How exactly you see it." })
  precision!: LocationPrecision;
  @Field(() => String, { nullable: true, description: "Name of the place." })
  venue!: string | null;
  @Field(() => [String], { description: "Street and number, one line each." })
  addressLines!: string[];
  @Field(() => String, { nullable: true, description: "City as in the address." })
  locality!: string | null;
  @Field(() => String, { nullable: true, description: "State, as its postal abbreviation." })
  region!: string | null;
  @Field(() => String, { nullable: true, description: "ZIP code." })
  postalCode!: string | null;
  @Field({ description: "ISO 3166-1 alpha-2 code." })
  country!: string;
  @Field(() => Float, {
    description: "Degrees north, WGS 84; the city's where the place has no point, or none for you.",
  })
  latitude!: number;
  @Field(() => Float, {
    description: "Degrees east, WGS 84; the city's where the place has no point, or none for you.",
  })
  longitude!: number;
}
