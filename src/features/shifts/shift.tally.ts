import { Field, Int, ObjectType } from "type-graphql";
import { Column, Entity, ForeignKey, PrimaryColumn } from "typeorm";
import { Shift } from "./shift.js";

/** What stays of a shift's sign-ups when they are erased. */
@Entity("shift_tallies")
@ObjectType("ShiftAttendance", { description: "How those who had a place on a shift came to stand there, or not." })
export class ShiftTally {
  @ForeignKey(() => Shift, { onDelete: "CASCADE" })
  @PrimaryColumn("uuid")
  shiftId!: string;

  @Field(() => Int, { description: "Were there to the end." })
  @Column("int", { default: 0 })
  completed!: number;

  @Field(() => Int, { description: "Were there, and left before the end." })
  @Column("int", { default: 0 })
  leftEarly!: number;

  @Field(() => Int, { description: "Did not come." })
  @Column("int", { default: 0 })
  noShow!: number;

  @Field(() => Int, { description: "Could not come, and said so." })
  @Column("int", { default: 0 })
  excused!: number;

  @Field(() => Int, { description: "Gave their place back after the cut-off." })
  @Column("int", { default: 0 })
  releasedLate!: number;
}
