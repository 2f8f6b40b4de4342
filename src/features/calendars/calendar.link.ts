import { Field, ObjectType } from "type-graphql";
import { Column, Entity, ForeignKey, PrimaryColumn } from "typeorm";
import { DateTime } from "../../platform/graphql/scalars.js";
import { Person } from "../people/index.js";

/** The secret address of a person's calendar: kept as a hash only. */
@Entity("calendar_links")
@ObjectType({ description: "The secret address of your calendar; it is told once, when it is made." })
export class CalendarLink {
  @ForeignKey(() => Person, { onDelete: "CASCADE" })
  @PrimaryColumn("uuid")
  personId!: string;

  @Column("bytea", { unique: true }) tokenHash!: Buffer;

  @Field(() => DateTime, { description: "When it was made, or last replaced." })
  @Column("timestamptz")
  madeAt!: Date;
}
