import { Field, Int, ObjectType } from "type-graphql";
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from "typeorm";
import { OneOf } from "../../platform/database/columns.js";
import { connectionOf } from "../../platform/graphql/connection.js";
import { Node } from "../../platform/graphql/node.js";
import { DateTime } from "../../platform/graphql/scalars.js";
import { Event } from "../events/index.js";
import { Person } from "../people/index.js";
import { RsvpStatus } from "./rsvp.values.js";

/** Person × event. A promise to come, never a count of those who came. */
@Entity("rsvps")
@Unique(["eventId", "personId"])
@Index(["eventId", "status", "since", "id"])
@Index(["personId", "since", "id"])
@OneOf("rsvps", "status", RsvpStatus)
@Check("rsvps_guests_check", "guests >= 0 AND guests <= 20")
@Check("rsvps_cancelled_check", "status <> 'CANCELLED'::text OR name_sealed IS NULL")
@ObjectType({ description: "A person's word to come to an event; only that person sees it.", implements: Node })
export class Rsvp {
  @PrimaryColumn("uuid") id!: string;

  @ForeignKey(() => Event, { onDelete: "CASCADE" })
  @Column("uuid")
  eventId!: string;

  @ForeignKey(() => Person, { onDelete: "CASCADE" })
  @Column("uuid")
  personId!: string;

  @Field(() => RsvpStatus, { description: "Where it stands." })
  @Column("text")
  status!: RsvpStatus;

  @Field(() => Int, { description: "How many come along: 0 to 20." })
  @Column("int")
  guests!: number;

  @Column("bytea", { nullable: true }) nameSealed!: Buffer | null;

  @Field({ description: "Whether those who manage the event see the name." })
  @Column("boolean")
  showName!: boolean;

  @Field(() => DateTime, { description: "Since when: confirmed, where an e-mail address had to be; else asked." })
  @Column("timestamptz")
  since!: Date;

  @Field(() => Event, { nullable: true, description: "The event; null when you may no longer see it." })
  event!: Event | null;
}

/** The columns of an RSVP, without what is read beside them. */
export type RsvpRow = Omit<Rsvp, "event">;

/** How many people come and wait; whoever gives or takes a place locks this row. */
@Entity("rsvp_counters")
@Check("rsvp_counters_counts_check", `going >= 0 AND waiting >= 0 AND "limit" >= 1`)
@ObjectType("RsvpCounts", { description: "How many people have said that they come. Never how many came." })
export class RsvpCounter {
  @ForeignKey(() => Event, { onDelete: "CASCADE" })
  @PrimaryColumn("uuid")
  eventId!: string;

  @Field(() => Int, { nullable: true, description: "For how many people there is room; null: for everybody." })
  @Column("int", { nullable: true })
  limit!: number | null;

  @Field(() => Int, {
    description: "People who come, their guests among them. Above `limit` only if that was lowered.",
  })
  @Column("int", { default: 0 })
  going!: number;

  @Field(() => Int, { description: "People on the waitlist, their guests among them." })
  @Column("int", { default: 0 })
  waiting!: number;
}

@ObjectType({
  description:
    "An RSVP as those who manage the event see it: without any address, and with a name only where its owner agreed.",
})
export class EventRsvp {
  @Field(() => String, {
    nullable: true,
    description: "The name that was given; null unless its owner lets you see one.",
  })
  name!: string | null;

  @Field(() => Int, { description: "How many come along: 0 to 20." })
  guests!: number;

  @Field(() => RsvpStatus, { description: "GOING or WAITLISTED." })
  status!: RsvpStatus;

  @Field(() => DateTime, { description: "Since when; the waitlist moves in this order." })
  since!: Date;
}

export const RsvpConnection = connectionOf("Rsvp", () => Rsvp);
export const EventRsvpConnection = connectionOf("EventRsvp", () => EventRsvp);
