import { registerEnumType } from "type-graphql";
import { Check, Column, Entity, ForeignKey, PrimaryColumn } from "typeorm";
import { OneOf } from "../../platform/database/columns.js";
import { Event } from "../events/index.js";

export enum ShiftRatio {
  ONE_TO_50 = "ONE_TO_50",
  ONE_TO_100 = "ONE_TO_100",
}
registerEnumType(ShiftRatio, {
  name: "ShiftRatio",
  description: "For how many people one peacekeeper is.",
  valuesConfig: {
    ONE_TO_50: { description: "For a large or complex event." },
    ONE_TO_100: { description: "For a short or simple one." },
  },
});

/** What those who coordinate an event expect; theirs to know. */
@Entity("staffing_plans")
@OneOf("staffing_plans", "ratio", ShiftRatio)
@Check("staffing_plans_expected_check", "expected_turnout >= 1 AND expected_turnout <= 5000000")
export class StaffingPlan {
  @ForeignKey(() => Event, { onDelete: "CASCADE" })
  @PrimaryColumn("uuid")
  eventId!: string;

  @Column("int", { nullable: true }) expectedTurnout!: number | null;
  @Column("text", { default: ShiftRatio.ONE_TO_50 }) ratio!: ShiftRatio;

  /** The target of which the coordinators were last told that it outgrows the staffing. */
  @Column("int", { nullable: true }) toldTarget!: number | null;
}
