import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import { Check, Column, Entity, Exclusion, ForeignKey, Index, PrimaryColumn } from "typeorm";
import { OneOf } from "../../platform/database/columns.js";
import { connectionOf } from "../../platform/graphql/connection.js";
import { Node } from "../../platform/graphql/node.js";
import { DateTime } from "../../platform/graphql/scalars.js";
import { Event } from "../events/index.js";
import { Person } from "../people/index.js";

export enum PeacekeeperRole {
  LEAD = "LEAD",
  MARSHAL = "MARSHAL",
  DE_ESCALATOR = "DE_ESCALATOR",
  TRAFFIC = "TRAFFIC",
  MEDIC = "MEDIC",
  LEGAL_OBSERVER_LIAISON = "LEGAL_OBSERVER_LIAISON",
  POLICE_LIAISON = "POLICE_LIAISON",
  ACCESS_SUPPORT = "ACCESS_SUPPORT",
  RUNNER = "RUNNER",
  FLOAT = "FLOAT",
}
registerEnumType(PeacekeeperRole, { name: "PeacekeeperRole", description: "What a peacekeeper does." });

export enum Staffing {
  UNDER_MINIMUM = "UNDER_MINIMUM",
  STAFFED = "STAFFED",
  FULL = "FULL",
}
registerEnumType(Staffing, { name: "Staffing", description: "Whether a shift has the people that it needs." });

export enum SignupStatus {
  CONFIRMED = "CONFIRMED",
  RELEASED = "RELEASED",
}
registerEnumType(SignupStatus, {
  name: "SignupStatus",
  description: "Where a claim of a place stands.",
  valuesConfig: {
    CONFIRMED: { description: "Holds a place." },
    RELEASED: { description: "Given back." },
  },
});

@Entity("shifts")
@Index(["eventId", "startsAt", "id"])
@OneOf("shifts", "role", PeacekeeperRole)
@Check("shifts_times_check", "ends_at > starts_at")
@Check("shifts_places_check", "minimum >= 0 AND capacity >= 1 AND minimum <= capacity")
// The last line of defence against an overfull shift, whatever the code above does.
@Check("shifts_taken_check", "taken >= 0 AND taken <= capacity")
@ObjectType({ description: "A stretch of time at an event that needs peacekeepers in one role.", implements: Node })
export class Shift {
  @PrimaryColumn("uuid") id!: string;

  @ForeignKey(() => Event, { onDelete: "CASCADE" })
  @Column("uuid")
  eventId!: string;

  @Field(() => PeacekeeperRole, { description: "What they do." })
  @Column("text")
  role!: PeacekeeperRole;

  @Field(() => DateTime, { description: "When it begins." })
  @Column("timestamptz")
  startsAt!: Date;

  @Field(() => DateTime, { description: "When it ends." })
  @Column("timestamptz")
  endsAt!: Date;

  @Field(() => Int, { description: "How many it needs at least." })
  @Column("int")
  minimum!: number;

  @Field(() => Int, { description: "How many it has room for." })
  @Column("int")
  capacity!: number;

  @Field(() => Int, { description: "How many places are held; never more than `capacity`." })
  @Column("int", { default: 0 })
  taken!: number;

  @Field(() => Staffing, { description: "Whether it has the people that it needs." })
  staffing!: Staffing;

  @Field(() => Event, { description: "The event it is at." })
  event!: Event;

  @Field(() => ShiftSignup, {
    nullable: true,
    description: "Your own claim, the latest; null when you have none or are not signed in.",
  })
  viewerSignup!: ShiftSignup | null;
}

@Entity("shift_signups")
@Index(["shiftId", "personId"])
@Index(["personId", "startsAt", "id"])
@OneOf("shift_signups", "status", SignupStatus)
// No person in two places, and no one twice on one shift: touching is fine, overlapping is not.
@Exclusion(
  "shift_signups_one_place_at_a_time",
  `USING gist (person_id WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (status = 'CONFIRMED'::text)`,
)
@ObjectType({ description: "A person's claim of a place on a shift; only that person sees it.", implements: Node })
export class ShiftSignup {
  @PrimaryColumn("uuid") id!: string;

  @ForeignKey(() => Shift, { onDelete: "CASCADE" })
  @Column("uuid")
  shiftId!: string;

  @ForeignKey(() => Person, { onDelete: "CASCADE" })
  @Column("uuid")
  personId!: string;

  @Field(() => SignupStatus, { description: "Where it stands." })
  @Column("text")
  status!: SignupStatus;

  /** The shift's times, kept here so that the database can refuse two places at a time. */
  @Column("timestamptz") startsAt!: Date;
  @Column("timestamptz") endsAt!: Date;

  @Field(() => DateTime, { description: "When the place was claimed." })
  @Column("timestamptz")
  claimedAt!: Date;

  @Field(() => DateTime, { nullable: true, description: "When it was given back." })
  @Column("timestamptz", { nullable: true })
  releasedAt!: Date | null;

  @Field(() => Shift, { nullable: true, description: "The shift; null when you may no longer see its event." })
  shift!: Shift | null;
}

export const ShiftConnection = connectionOf("Shift", () => Shift, { counted: true });
export const ShiftSignupConnection = connectionOf("ShiftSignup", () => ShiftSignup);
