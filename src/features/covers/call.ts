import { Field, Int, ObjectType } from "type-graphql";
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
import { OneOf } from "../../platform/database/columns.js";
import { connectionOf } from "../../platform/graphql/connection.js";
import { Node } from "../../platform/graphql/node.js";
import { DateTime } from "../../platform/graphql/scalars.js";
import { Shift } from "../shifts/index.js";
import { CallOutStatus } from "./cover.values.js";

const open = "status = 'OPEN'";

@Entity("call_outs")
@OneOf("call_outs", "status", CallOutStatus)
@Check("call_outs_count_check", "count >= 1 AND within_km >= 1")
@Check("call_outs_open_check", `(${open}) = (next_at IS NOT NULL) AND (${open}) = (ended_at IS NULL)`)
@Index(["shiftId", "calledAt", "id"])
@Index("call_outs_one_open_idx", ["shiftId"], { unique: true, where: open })
@Index("call_outs_next_at_idx", ["nextAt"], { where: open })
@ObjectType({
  description: "People on call are asked to help out on a shift; its coordinators see how many, and never who.",
  implements: Node,
})
export class CallOut {
  @PrimaryColumn("uuid") id!: string;

  @ForeignKey(() => Shift, { onDelete: "CASCADE" })
  @Column("uuid")
  shiftId!: string;

  @Field(() => CallOutStatus, { description: "Where it stands." })
  @Column("text")
  status!: CallOutStatus;

  @Field(() => Int, { description: "How many are to accept." })
  @Column("int")
  count!: number;

  @Field(() => Int, { description: "How far from the event the city may be near which a person helps out, in km." })
  @Column("int")
  withinKm!: number;

  @Field(() => DateTime, { description: "When it began." })
  @Column("timestamptz")
  calledAt!: Date;

  @Field(() => DateTime, { nullable: true, description: "When it ended; null while it is OPEN." })
  @Column("timestamptz", { nullable: true })
  endedAt!: Date | null;

  /** When the next are asked, or it is looked whether anybody is still needed. */
  @Column("timestamptz", { nullable: true }) nextAt!: Date | null;

  /** Of those whose requests are erased. */
  @Column("int", { default: 0 }) erasedAsked!: number;
  @Column("int", { default: 0 }) erasedAccepted!: number;
  @Column("int", { default: 0 }) erasedDeclined!: number;

  @Field(() => Int, { description: "How many were asked so far." })
  asked!: number;

  @Field(() => Int, { description: "How many of them have accepted." })
  accepted!: number;

  @Field(() => Int, { description: "How many of them have declined." })
  declined!: number;

  @Field(() => Shift, { description: "The shift." })
  shift!: Shift;
}

/** The columns of a call-out. */
export type CallOutRow = Omit<
  CallOut,
  "asked" | "accepted" | "declined" | "shift" | `erased${"Asked" | "Accepted" | "Declined"}`
>;

export const CallOutConnection = connectionOf("CallOut", () => CallOut);
