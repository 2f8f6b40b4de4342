import { Field, ID, Int, ObjectType } from "type-graphql";
import { Check, Column, Entity, ForeignKey, PrimaryColumn } from "typeorm";
import { connectionOf } from "../../platform/graphql/connection.js";
import { DateTime } from "../../platform/graphql/scalars.js";
import { PeacekeeperRole, ShiftSignup } from "../shifts/index.js";
import { DutyState } from "./duty.values.js";

/** When somebody came and went: what their phone said, which may have been offline, is kept apart from when we heard of it. */
@Entity("duty_times")
@Check(
  "duty_times_order_check",
  "LEAST(left_server, left_client) >= LEAST(arrived_server, arrived_client) AND (left_client IS NULL OR left_server IS NOT NULL)",
)
export class DutyTimes {
  @ForeignKey(() => ShiftSignup, { onDelete: "CASCADE" })
  @PrimaryColumn("uuid")
  signupId!: string;
  @Column("timestamptz") arrivedServer!: Date;
  @Column("timestamptz", { nullable: true }) arrivedClient!: Date | null;
  @Column("timestamptz", { nullable: true }) leftServer!: Date | null;
  @Column("timestamptz", { nullable: true }) leftClient!: Date | null;
}

@ObjectType({ description: "How many peacekeepers are here right now, and how many are waited for." })
export class EventDuty {
  @Field(() => Int, { description: "Checked in." })
  onDuty!: number;
  @Field(() => Int, { description: "Expected within 25 minutes and not here yet." })
  due!: number;
  @Field(() => Int, { description: "Not here though their shift began, up to 15 minutes ago." })
  late!: number;
  @Field(() => Int, { description: "Not here 15 minutes after their shift began, or noted as no-show; it still runs." })
  missing!: number;
}

@ObjectType({ description: "Somebody who is on duty or expected, as those who coordinate the event see them." })
export class PeacekeeperOnDuty {
  @Field(() => ID, { description: "Their sign-up." })
  signupId!: string;
  @Field(() => String, { nullable: true, description: "What they are called; null when they did not say." })
  name!: string | null;
  @Field(() => DutyState, { description: "How they stand right now." })
  state!: DutyState;
  @Field(() => PeacekeeperRole, { description: "What they do." })
  role!: PeacekeeperRole;
  @Field(() => DateTime, { description: "When their shift begins." })
  startsAt!: Date;
  @Field(() => DateTime, { description: "When their shift ends." })
  endsAt!: Date;
  @Field(() => DateTime, { nullable: true, description: "When they came; null when they are not here." })
  arrivedAt!: Date | null;
}

export const PeacekeeperOnDutyConnection = connectionOf("PeacekeeperOnDuty", () => PeacekeeperOnDuty);
