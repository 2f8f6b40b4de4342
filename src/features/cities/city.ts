import { Field, Float, Int, ObjectType } from "type-graphql";
import { Column, Entity, Index, PrimaryColumn } from "typeorm";
import { connectionOf } from "../../platform/graphql/connection.js";
import { Node } from "../../platform/graphql/node.js";

/** A city of the gazetteer (GeoNames): the place every event is in, and the unit of roll-up. */
@Entity("cities")
@Index(["region", "name"])
@ObjectType({
  description: "A city of the gazetteer (GeoNames). Every event is in one; totals are rolled up by it.",
  implements: Node,
})
export class City {
  @PrimaryColumn("uuid") id!: string;

  @Column("int", { unique: true }) geonameId!: number;

  @Field({
    description:
      "Name for URLs, unique: `minneapolis-mn`; smaller cities of one name and region carry their GeoNames number.",
  })
  @Column("text", { unique: true })
  slug!: string;

  @Field({ description: "Its usual name." })
  @Column("text")
  name!: string;

  /** The name without case and accents, for searching; ordered by bytes, so that an index serves beginnings. */
  @Index()
  @Column({ type: "text", collation: "C" })
  searchName!: string;

  @Field({ description: "The state's postal abbreviation, such as MN." })
  @Column("text")
  region!: string;

  @Field({ description: "ISO 3166-1 alpha-2 code." })
  @Column("text")
  country!: string;

  @Field(() => Float, { description: "Degrees north, WGS 84." })
  @Column("double precision")
  latitude!: number;

  @Field(() => Float, { description: "Degrees east, WGS 84." })
  @Column("double precision")
  longitude!: number;

  @Field({ description: "IANA name of the time zone." })
  @Column("text")
  timeZone!: string;

  @Field(() => Int, { description: "Inhabitants as GeoNames has them." })
  @Column("int")
  population!: number;
}

export const CityConnection = connectionOf("City", () => City);
