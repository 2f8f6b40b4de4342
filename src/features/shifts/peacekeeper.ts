import { Field, ObjectType } from "type-graphql";
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
import { City } from "../cities/index.js";
import { Person } from "../people/index.js";

/** What a person tells coordinators of themself; name and number are sealed. */
@Entity("peacekeepers")
export class PeacekeeperRow {
  @ForeignKey(() => Person, { onDelete: "CASCADE" })
  @PrimaryColumn("uuid")
  personId!: string;
  @Column("bytea", { nullable: true }) nameSealed!: Buffer | null;
  @Column("bytea", { nullable: true }) phoneSealed!: Buffer | null;
  @Index()
  @ForeignKey(() => City)
  @Column("uuid", { nullable: true })
  cityId!: string | null;
  @Column("boolean", { default: false }) onCall!: boolean;
  /** When it was said, or its person stood on a shift last: a year later it is forgotten. */
  @Column("timestamptz", { default: () => "now()" }) usedAt!: Date;
}

@ObjectType({ description: "What you tell the coordinators of your shifts of yourself." })
export class Peacekeeper {
  @Field(() => String, { nullable: true, description: "What they call you; coordinators of your shifts see it." })
  name!: string | null;
  @Field(() => String, {
    nullable: true,
    description: "Where they reach you, as +16125550123; coordinators see it around the time of a shift that you hold.",
  })
  phone!: string | null;
  @Field(() => City, { nullable: true, description: "Near which city you can help out; nobody else sees it." })
  city!: City | null;
  @Field({ description: "Whether you may be asked to help out where somebody is missing." })
  onCall!: boolean;
}
