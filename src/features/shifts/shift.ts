import { Field, ID, Int, ObjectType } from "type-graphql";
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
import { OneOf, SomeOf } from "../../platform/database/columns.js";
import { connectionOf } from "../../platform/graphql/connection.js";
import { Node } from "../../platform/graphql/node.js";
import { DateTime } from "../../platform/graphql/scalars.js";
import { Event } from "../events/index.js";
import { QualificationKind } from "../qualifications/index.js";
import { ShiftTemplateRun } from "./template.run.js";
import { ClaimObstacle, PeacekeeperRole, ShiftStatus, Staffing } from "./shift.values.js";

@Entity("shifts")
@Index(["eventId", "startsAt", "id"])
@Index("shifts_starts_at_idx", ["startsAt"], { where: "confirmed < minimum" })
@OneOf("shifts", "role", PeacekeeperRole)
@OneOf("shifts", "status", ShiftStatus)
@SomeOf("shifts", "requires", QualificationKind)
@Check("shifts_times_check", "ends_at > starts_at")
@Check("shifts_places_check", "minimum >= 0 AND capacity >= 1 AND minimum <= capacity")
@Check("shifts_window_check", "opens_at < closes_at")
@Check("shifts_cutoff_check", "release_cutoff_minutes >= 0 AND release_cutoff_minutes <= 10080")
// The last line of defence against an overfull shift, whatever the code above does.
@Check("shifts_taken_check", "taken >= 0 AND (taken <= capacity OR overfull) AND confirmed >= 0 AND confirmed <= taken")
@Check("shifts_on_duty_check", "on_duty >= 0 AND on_duty <= confirmed")
@ObjectType({ description: "A stretch of time at an event that needs peacekeepers in one role.", implements: Node })
export class Shift {
  @PrimaryColumn("uuid") id!: string;

  @ForeignKey(() => Event, { onDelete: "CASCADE" })
  @Column("uuid")
  eventId!: string;

  @Field(() => PeacekeeperRole, { description: "What they do." })
  @Column("text")
  role!: PeacekeeperRole;

  @Field(() => ShiftStatus, { description: "Whether it takes claims." })
  @Column("text", { default: ShiftStatus.OPEN })
  status!: ShiftStatus;

  @Field(() => DateTime, { description: "When it begins." })
  @Column("timestamptz")
  startsAt!: Date;

  @Field(() => DateTime, { description: "When it ends." })
  @Column("timestamptz")
  endsAt!: Date;

  @Field(() => DateTime, { nullable: true, description: "From when on it takes claims; null: since it was opened." })
  @Column("timestamptz", { nullable: true })
  opensAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: "Until when it takes claims; null: until it begins." })
  @Column("timestamptz", { nullable: true })
  closesAt!: Date | null;

  @Field(() => Int, {
    description: "A place that is given back later than so many minutes before the beginning is given back late.",
  })
  @Column("int", { default: 0 })
  releaseCutoffMinutes!: number;

  @Field(() => Int, { description: "How many it needs at least." })
  @Column("int")
  minimum!: number;

  @Field(() => Int, { description: "How many it has room for." })
  @Column("int")
  capacity!: number;

  @Field(() => Int, {
    description: "How many places are held; more than `capacity` only where coordinators keep it over-full.",
  })
  @Column("int", { default: 0 })
  taken!: number;

  @Field(() => Int, { description: "How many of them can be counted on: neither offered nor waiting for a yes." })
  @Column("int", { default: 0 })
  confirmed!: number;

  /** How many of those are there now: checked in. */
  @Column("int", { default: 0 }) onDuty!: number;

  /** Its capacity was lowered below what was taken, by choice. */
  @Column("boolean", { default: false }) overfull!: boolean;

  /** The last number given out in its line. */
  @Column("int", { default: 0 }) line!: number;

  @Field(() => String, {
    nullable: true,
    description: "Where to check in, for those who hold a confirmed place, and its coordinators.",
  })
  @Column("text", { nullable: true })
  checkInPoint!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "What those who hold a confirmed place have to know; nobody else sees it but coordinators.",
  })
  @Column("text", { nullable: true })
  instructions!: string | null;

  @Field(() => [QualificationKind], {
    description:
      "What one has to be cleared for until its end, each once. At first what the campaign says of its role then; see addShiftRequirement.",
  })
  @Column("text", { array: true, default: "{}" })
  requires!: QualificationKind[];

  @Field({ description: "Whether a coordinator has to approve that one person's place goes to another." })
  @Column("boolean", { default: false })
  swapNeedsApproval!: boolean;

  @Field(() => Int, { description: "Rises with each edit, and when it is cancelled or moved; goes with editShift." })
  @Column("int", { default: 1 })
  version!: number;

  @Field(() => ID, {
    nullable: true,
    description: "The run of a template that made it, for those who coordinate the event; goes with undoShiftTemplate.",
  })
  @ForeignKey(() => ShiftTemplateRun, { onDelete: "SET NULL" })
  @Index()
  @Column("uuid", { nullable: true })
  templateRunId!: string | null;

  /** When its version rose last. */
  @Column("timestamptz", { nullable: true }) changedAt!: Date | null;

  @Field(() => Staffing, { description: "Whether it has the people that it needs." })
  staffing!: Staffing;

  @Field(() => Int, { description: "How many wait in line." })
  waiting!: number;

  @Field(() => [ClaimObstacle], {
    description:
      "Every reason why you cannot claim a place now; empty: you can. Not signed in: what holds for everybody.",
  })
  eligibility!: ClaimObstacle[];

  @Field(() => Event, { description: "The event it is at." })
  event!: Event;
}

/** The columns of a shift. */
export type ShiftRow = Omit<Shift, "staffing" | "waiting" | "eligibility" | "event">;

export const ShiftConnection = connectionOf("Shift", () => Shift, { counted: true });
