import { Column, Entity, ForeignKey, PrimaryColumn } from "typeorm";
import { Shift } from "../shifts/index.js";

/** That a shift's coordinators were told that it has too few people, so that they are told once for each fall. */
@Entity("staffing_alerts")
export class StaffingAlert {
  @ForeignKey(() => Shift, { onDelete: "CASCADE" })
  @PrimaryColumn("uuid")
  shiftId!: string;
  /** How many times it fell. */
  @Column("int", { default: 1 }) falls!: number;
  /** Null: it has recovered since. */
  @Column("timestamptz", { nullable: true }) toldAt!: Date | null;
}
