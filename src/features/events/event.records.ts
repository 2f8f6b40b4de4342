import { Field, ObjectType } from "type-graphql";
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
import { OneOf } from "../../platform/database/columns.js";
import { DateTime, LocalDate } from "../../platform/graphql/scalars.js";
import { Person } from "../people/index.js";
import { Event } from "./event.js";
import { EventRole, FollowReason, ReminderKind } from "./event.values.js";

/** Person × event: never public. */
@Entity("event_roles")
@OneOf("event_roles", "role", EventRole)
export class EventRoleAssignment {
  @ForeignKey(() => Event, { onDelete: "CASCADE" })
  @PrimaryColumn("uuid")
  eventId!: string;

  @Index()
  @ForeignKey(() => Person, { onDelete: "CASCADE" })
  @PrimaryColumn("uuid")
  personId!: string;

  @PrimaryColumn("text") role!: EventRole;
}

/** What those concerned were told, or would have been, as of each version of an event. */
@Entity("event_versions")
export class EventVersion {
  @ForeignKey(() => Event, { onDelete: "CASCADE" })
  @PrimaryColumn("uuid")
  eventId!: string;

  @PrimaryColumn("int") version!: number;
  @Column("timestamptz") at!: Date;
  /** Fields that are different from the version before. */
  @Column("text", { array: true }) changed!: string[];
  @Column("jsonb") facts!: EventFactsTold;
}

/** The facts of an event that are worth a mail when they change. */
export interface EventFactsTold {
  title: string;
  startsOn: string;
  startsAt: string | null;
  endsAt: string | null;
  timeZone: string;
  /** Venue and address on one line; only for those who may know the place. */
  place: string | null;
  city: string;
  /** How exactly the public saw the place then: what was hidden is not told of later. */
  precision: string;
  occurrence: string;
  occurrenceReason: string | null;
  onlineUrl: string | null;
  record: string;
}

/** The times that an event had before it was rescheduled. */
@Entity("event_earlier_times")
@Index(["eventId", "replacedAt"])
@ObjectType({ description: "Times that an event was announced for before." })
export class EarlierTimes {
  @PrimaryColumn("uuid") id!: string;

  @ForeignKey(() => Event, { onDelete: "CASCADE" })
  @Column("uuid")
  eventId!: string;

  @Field(() => LocalDate, { description: "The day it was to begin, on the calendar of its place." })
  @Column("date")
  startsOn!: string;

  @Field(() => DateTime, { nullable: true, description: "When it was to begin; null when only the day was known." })
  @Column("timestamptz", { nullable: true })
  startsAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: "When it was to end; null when that was not known." })
  @Column("timestamptz", { nullable: true })
  endsAt!: Date | null;

  @Field({ description: "IANA name of the time zone of these times." })
  @Column("text")
  timeZone!: string;

  @Field(() => DateTime, { description: "When other times took their place." })
  @Column("timestamptz")
  replacedAt!: Date;
}

/** A reminder that was given out, for the times that the event had. */
@Entity("event_reminders")
@OneOf("event_reminders", "kind", ReminderKind)
export class EventReminder {
  @ForeignKey(() => Event, { onDelete: "CASCADE" })
  @PrimaryColumn("uuid")
  eventId!: string;

  @PrimaryColumn("text") kind!: ReminderKind;
  @PrimaryColumn("timestamptz") startsAt!: Date;
}

/** Person × event: who is told of its changes, why, and up to which version. Never public. */
@Entity("event_follows")
@OneOf("event_follows", "because", FollowReason)
export class EventFollow {
  @ForeignKey(() => Event, { onDelete: "CASCADE" })
  @PrimaryColumn("uuid")
  eventId!: string;

  @Index()
  @ForeignKey(() => Person, { onDelete: "CASCADE" })
  @PrimaryColumn("uuid")
  personId!: string;

  @PrimaryColumn("text") because!: FollowReason;
  @Column("timestamptz") since!: Date;
  @Column("int") toldVersion!: number;
}
