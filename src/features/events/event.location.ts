import { Field, Float, Int, ObjectType } from "type-graphql";
import { GeoJSONLineString, type LineString } from "../../platform/graphql/geojson.js";
import { LocationPrecision } from "./event.values.js";

/** Where an event is, as exactly as this reader may know. Read from the event's own row. */
@ObjectType({ description: "Where an event is, as exactly as you may know. Null means not known, or not for you." })
export class Location {
  @Field(() => LocationPrecision, { description: "How exactly you see it." })
  precision!: LocationPrecision;
  @Field(() => LocationPrecision, { description: "How exactly everybody sees it." })
  publicPrecision!: LocationPrecision;
  @Field(() => String, { nullable: true, description: "Name of the place." })
  venue!: string | null;
  @Field(() => [String], { description: "Street and number, one line each." })
  addressLines!: string[];
  @Field(() => String, {
    nullable: true,
    description: "City as in the address; the city's own name where you don't see the place exactly.",
  })
  locality!: string | null;
  @Field(() => String, { nullable: true, description: "State, as its postal abbreviation." })
  region!: string | null;
  @Field(() => String, { nullable: true, description: "ZIP code." })
  postalCode!: string | null;
  @Field({ description: "ISO 3166-1 alpha-2 code." })
  country!: string;
  @Field(() => Float, {
    description:
      "Degrees north, WGS 84: of the place; of the middle of the cell where you see it APPROXIMATE; of the city where it has no point, or none for you.",
  })
  latitude!: number;
  @Field(() => Float, {
    description:
      "Degrees east, WGS 84: of the place; of the middle of the cell where you see it APPROXIMATE; of the city where it has no point, or none for you.",
  })
  longitude!: number;
  @Field(() => Int, { nullable: true, description: "How many metres the point of the place may be off." })
  accuracyMeters!: number | null;
  @Field(() => GeoJSONLineString, { nullable: true, description: "The way that a march takes." })
  marchRoute!: LineString | null;
  @Field(() => String, {
    nullable: true,
    description:
      "Index of the H3 cell (resolution 7, about 5 km²) that the place is in, such as `872623a91ffffff`, where you see it APPROXIMATE; else null.",
  })
  cell!: string | null;
}
