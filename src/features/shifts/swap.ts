import { Field, ObjectType } from "type-graphql";
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
import { OneOf } from "../../platform/database/columns.js";
import { connectionOf } from "../../platform/graphql/connection.js";
import { Node } from "../../platform/graphql/node.js";
import { DateTime } from "../../platform/graphql/scalars.js";
import { Person } from "../people/index.js";
import { Shift } from "./shift.js";
import { ShiftSignup } from "./signup.js";
import { SwapStatus } from "./swap.values.js";

const pending = "status = 'PENDING'";

@Entity("shift_swaps")
@OneOf("shift_swaps", "status", SwapStatus)
@Check("shift_swaps_pending_check", `(${pending}) = (deadline IS NOT NULL) AND (${pending}) = (decided_at IS NULL)`)
@Index(["shiftId", "askedAt", "id"])
@Index(["takerId", "askedAt", "id"])
@Index(["giverId", "askedAt", "id"])
// One place goes to one person, and nobody asks for two on one shift.
@Index("shift_swaps_one_taker_idx", ["giverId"], { unique: true, where: pending })
@Index("shift_swaps_one_giver_idx", ["shiftId", "takerId"], { unique: true, where: pending })
@Index("shift_swaps_deadline_idx", ["deadline"], { where: pending })
@ObjectType({
  description:
    "A place on a shift that goes from one person to another; those two and the event's coordinators see it.",
  implements: Node,
})
export class ShiftSwap {
  @PrimaryColumn("uuid") id!: string;

  @ForeignKey(() => Shift, { onDelete: "CASCADE" })
  @Column("uuid")
  shiftId!: string;

  /** The sign-up whose place it is about. */
  @ForeignKey(() => ShiftSignup, { onDelete: "CASCADE" })
  @Column("uuid")
  giverId!: string;

  /** The person who takes it: until it is done they have no place, so that none is counted twice. */
  @ForeignKey(() => Person, { onDelete: "CASCADE" })
  @Column("uuid")
  takerId!: string;

  @Field(() => SwapStatus, { description: "Where it stands." })
  @Column("text")
  status!: SwapStatus;

  @Field(() => DateTime, { description: "When somebody wanted the place." })
  @Column("timestamptz")
  askedAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: "Until when a coordinator can approve it; null unless PENDING.",
  })
  @Column("timestamptz", { nullable: true })
  deadline!: Date | null;

  @Field(() => DateTime, { nullable: true, description: "Since when it stands so; null while PENDING." })
  @Column("timestamptz", { nullable: true })
  decidedAt!: Date | null;

  @Field(() => Shift, { nullable: true, description: "The shift; null when you may no longer see its event." })
  shift!: Shift | null;

  @Field(() => ShiftSignup, {
    nullable: true,
    description: "The sign-up of who gives the place; null unless it is yours or you coordinate the event.",
  })
  giver!: ShiftSignup | null;

  @Field(() => ShiftSignup, {
    nullable: true,
    description:
      "The sign-up of who takes it; null unless it is yours or you coordinate the event, and where they have none yet.",
  })
  taker!: ShiftSignup | null;
}

/** The columns of a swap. */
export type SwapRow = Omit<ShiftSwap, "shift" | "giver" | "taker">;

export const ShiftSwapConnection = connectionOf("ShiftSwap", () => ShiftSwap);
