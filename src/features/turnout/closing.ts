import { Field, ObjectType } from "type-graphql";
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
import { OneOf } from "../../platform/database/columns.js";
import { DateTime } from "../../platform/graphql/scalars.js";
import { Event } from "../events/index.js";
import { TurnoutAct } from "./closing.values.js";
import { TurnoutReport } from "./report.js";

@Entity("turnout_steps")
@OneOf("turnout_steps", "act", TurnoutAct)
@ObjectType({ description: "One decision about the number of an event. Who took it is in the audit trail." })
export class TurnoutStep {
  @ForeignKey(() => Event, { onDelete: "CASCADE" })
  @PrimaryColumn("uuid")
  eventId!: string;

  /** Its place in the history, from 1. */
  @PrimaryColumn("int") number!: number;

  @Field(() => TurnoutAct, { description: "What was decided." })
  @Column("text")
  act!: TurnoutAct;

  @Field(() => DateTime, { description: "When." })
  @Column("timestamptz")
  at!: Date;

  @Field(() => String, { nullable: true, description: "Why it was reopened; null otherwise." })
  @Column("text", { nullable: true })
  reason!: string | null;

  @Index()
  @ForeignKey(() => TurnoutReport, { onDelete: "SET NULL" })
  @Column("uuid", { nullable: true })
  reportId!: string | null;

  @Field(() => TurnoutReport, {
    nullable: true,
    description: "The report that states the number; null where it is the peak of the reports, or reopened.",
  })
  report!: TurnoutReport | null;
}
