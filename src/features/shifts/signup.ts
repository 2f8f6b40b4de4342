import { Field, Int, ObjectType } from "type-graphql";
import { Column, Entity, Exclusion, ForeignKey, Index, PrimaryColumn, Unique } from "typeorm";
import { OneOf } from "../../platform/database/columns.js";
import { connectionOf } from "../../platform/graphql/connection.js";
import { Node } from "../../platform/graphql/node.js";
import { DateTime } from "../../platform/graphql/scalars.js";
import { Person } from "../people/index.js";
import { Shift } from "./shift.js";
import { type ClaimObstacle, holding, SignupStatus, sqlList, unfinished } from "./shift.values.js";

@Entity("shift_signups")
@Unique(["shiftId", "personId"])
@Index(["shiftId", "status", "line"])
@Index(["personId", "startsAt", "id"])
@Index("shift_signups_deadline_idx", ["deadline"], { where: "deadline IS NOT NULL" })
@Index("shift_signups_status_ends_at_idx", ["status", "endsAt"], {
  where: `(status = ANY (${sqlList(unfinished)}))`,
})
@OneOf("shift_signups", "status", SignupStatus)
// No person in two places, and no one twice on one shift: touching is fine, overlapping is not.
@Exclusion(
  "shift_signups_one_place_at_a_time",
  `USING gist (person_id WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE ((status = ANY (${sqlList(holding)})))`,
)
@ObjectType({
  description: "A person's claim of a place on a shift; that person and the event's coordinators see it.",
  implements: Node,
})
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

  @Field(() => DateTime, { description: "When the place was claimed, or the line joined." })
  @Column("timestamptz")
  claimedAt!: Date;

  /** Its number in the shift's line, while it waits. */
  @Column("int", { nullable: true }) line!: number | null;

  @Field(() => DateTime, {
    nullable: true,
    description: "OFFERED: until when you can take it. REQUESTED: until when a coordinator can confirm it.",
  })
  @Column("timestamptz", { nullable: true })
  deadline!: Date | null;

  @Field(() => DateTime, { nullable: true, description: "When it was given back." })
  @Column("timestamptz", { nullable: true })
  releasedAt!: Date | null;

  @Field({ description: "Whether it was given back after the shift's cut-off." })
  @Column("boolean", { default: false })
  releasedLate!: boolean;

  /** What a coordinator has set aside for this place while it is held. */
  @Column("text", { array: true, default: "{}" }) overridden!: ClaimObstacle[];

  /** Rises with each step. */
  @Column("int", { default: 1 }) version!: number;

  @Field(() => Int, { nullable: true, description: "How many wait before you; null unless WAITLISTED." })
  ahead!: number | null;

  @Field(() => Shift, { nullable: true, description: "The shift; null when you may no longer see its event." })
  shift!: Shift | null;
}

/** The columns of a sign-up. */
export type SignupRow = Omit<ShiftSignup, "ahead" | "shift">;

/** One step of a sign-up: who made it what, when. */
@Entity("signup_steps")
@OneOf("signup_steps", "status", SignupStatus)
export class SignupStep {
  @ForeignKey(() => ShiftSignup, { onDelete: "CASCADE" })
  @PrimaryColumn("uuid")
  signupId!: string;

  /** The sign-up's version that it made. */
  @PrimaryColumn("int") version!: number;
  @Column("text") status!: SignupStatus;
  @Column("timestamptz") at!: Date;
  /** Null: nobody did it, as when a deadline passes. */
  @ForeignKey(() => Person, { onDelete: "SET NULL" })
  @Index()
  @Column("uuid", { nullable: true })
  actorId!: string | null;
  /** Why, in the words of whoever did it. */
  @Column("text", { nullable: true }) reason!: string | null;
  /** What they have set aside with it. */
  @Column("text", { array: true, default: "{}" }) overridden!: ClaimObstacle[];
}

/**
 * Somebody whom a coordinator has confirmed once, for the campaign (or the event that has none): their claims need no
 * confirmation any more.
 */
@Entity("known_peacekeepers")
export class KnownPeacekeeper {
  /** A campaign's or an event's id. */
  @PrimaryColumn("uuid") scopeId!: string;

  @ForeignKey(() => Person, { onDelete: "CASCADE" })
  @PrimaryColumn("uuid")
  @Index()
  personId!: string;

  @Column("timestamptz") since!: Date;
}

export const ShiftSignupConnection = connectionOf("ShiftSignup", () => ShiftSignup);
