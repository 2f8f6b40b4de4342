import { Field, ObjectType } from "type-graphql";
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
import { connectionOf } from "../../platform/graphql/connection.js";
import { DateTime } from "../../platform/graphql/scalars.js";
import { Event } from "../events/index.js";
import { Person } from "../people/index.js";

@ObjectType({ description: "How a coordinator reaches a peacekeeper around their shift." })
export class PeacekeeperContact {
  @Field(() => String, { nullable: true, description: "What they are called; null when they did not say." })
  name!: string | null;
  @Field(() => String, {
    nullable: true,
    description: "Their number, as +16125550123; null when they did not give one.",
  })
  phone!: string | null;
}

@Entity("contact_showings")
@Index(["personId", "at", "id"])
@ObjectType({ description: "That your name and number were shown to somebody who coordinates a shift of yours." })
export class ContactShowing {
  @PrimaryColumn("uuid") id!: string;

  /** Whose they are. */
  @ForeignKey(() => Person, { onDelete: "CASCADE" })
  @Column("uuid")
  personId!: string;

  @Index()
  @ForeignKey(() => Event, { onDelete: "CASCADE" })
  @Column("uuid")
  eventId!: string;

  @Field(() => DateTime, { description: "When." })
  @Column("timestamptz")
  at!: Date;

  @Field(() => Event, {
    nullable: true,
    description:
      "A coordinator of this event, or one of its hosts or staff, looked; null when you may no longer see it.",
  })
  event!: Event | null;
}

export const ContactShowingConnection = connectionOf("ContactShowing", () => ContactShowing);
