import { Field, Float, Int, ObjectType } from "type-graphql";
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
import { OneOf, SomeOf } from "../../platform/database/columns.js";
import { connectionOf } from "../../platform/graphql/connection.js";
import { Node } from "../../platform/graphql/node.js";
import { DateTime } from "../../platform/graphql/scalars.js";
import { Event } from "../events/index.js";
import { TurnoutReporter } from "./reporter.js";
import {
  CrowdDensity,
  largestCount,
  TurnoutFlag,
  TurnoutMethod,
  TurnoutReportStatus,
  TurnoutSource,
} from "./turnout.values.js";

@Entity("turnout_reports")
@Index(["eventId", "observedAt", "id"])
@Index("turnout_reports_queue_idx", ["receivedAt", "id"], { where: "(status = 'FLAGGED'::text)" })
@OneOf("turnout_reports", "method", TurnoutMethod)
@OneOf("turnout_reports", "source", TurnoutSource)
@OneOf("turnout_reports", "status", TurnoutReportStatus)
@OneOf("turnout_reports", "density", CrowdDensity)
@SomeOf("turnout_reports", "flags", TurnoutFlag)
@Check("turnout_reports_interval_check", `low >= 0 AND high >= low AND high <= ${largestCount}`)
@Check("turnout_reports_ends_check", "(low IS NULL) = (high IS NULL)")
@ObjectType({
  description:
    "One observation by one reporter; seen by those concerned with the event, and by whoever reported it. What it says never changes: a correction is another report.",
  implements: Node,
})
export class TurnoutReport {
  @PrimaryColumn("uuid") id!: string;

  @ForeignKey(() => Event, { onDelete: "CASCADE" })
  @Column("uuid")
  eventId!: string;

  @Index()
  @ForeignKey(() => TurnoutReporter)
  @Column("uuid")
  reporterId!: string;

  @Field(() => Int, { nullable: true, description: "At least so many people; null when only `words` are known." })
  @Column("int", { nullable: true })
  low!: number | null;

  @Field(() => Int, { nullable: true, description: "At most so many people; null when only `words` are known." })
  @Column("int", { nullable: true })
  high!: number | null;

  @Field(() => String, { nullable: true, description: "The reporter's own words, such as “about 2,000”." })
  @Column("text", { nullable: true })
  words!: string | null;

  @Field(() => TurnoutMethod, { nullable: true, description: "How it was counted; null when that is not known." })
  @Column("text", { nullable: true })
  method!: TurnoutMethod | null;

  @Field(() => TurnoutSource, { description: "Who counted; follows from the reporter's role." })
  @Column("text")
  source!: TurnoutSource;

  @Field(() => TurnoutReportStatus, { description: "Whether it counts." })
  @Column("text")
  status!: TurnoutReportStatus;

  @Field(() => [TurnoutFlag], {
    description:
      "What was noticed at the door, or that a reviewer doubted it; with any of these it waits for a reviewer. They stay once one has decided.",
  })
  @Column("text", { array: true })
  flags!: TurnoutFlag[];

  /** A reviewer accepted it by hand. */
  @Column("boolean", { default: false }) vouched!: boolean;

  /** It came after the number was closed, and moves nothing until that is closed anew or reopened. */
  @Column("boolean", { default: false }) late!: boolean;

  @Field(() => String, { nullable: true, description: "Why a reviewer accepted, rejected or doubted it." })
  @Column("text", { nullable: true })
  reviewReason!: string | null;

  @Field(() => String, { nullable: true, description: "Why its reporter took it back, if they said so." })
  @Column("text", { nullable: true })
  retractReason!: string | null;

  @Field(() => String, { nullable: true, description: "What the reporter adds for those concerned." })
  @Column("text", { nullable: true })
  note!: string | null;

  @Field(() => String, { nullable: true, description: "An https address of a photo, video or article that shows it." })
  @Column("text", { nullable: true })
  evidenceUrl!: string | null;

  @Field(() => Float, { nullable: true, description: "The ground that the crowd covered, in square metres." })
  @Column("float8", { nullable: true })
  areaSquareMeters!: number | null;

  @Field(() => CrowdDensity, { nullable: true, description: "How close people stood on it." })
  @Column("text", { nullable: true })
  density!: CrowdDensity | null;

  @Field(() => Float, { nullable: true, description: "Of a march: how many rows passed a point in a minute." })
  @Column("float8", { nullable: true })
  rowsPerMinute!: number | null;

  @Field(() => Float, { nullable: true, description: "Of a march: how many people walked in a row." })
  @Column("float8", { nullable: true })
  peoplePerRow!: number | null;

  @Field(() => Float, { nullable: true, description: "Of a march: for how many minutes it passed." })
  @Column("float8", { nullable: true })
  minutes!: number | null;

  @Field(() => DateTime, { description: "When it was seen." })
  @Column("timestamptz")
  observedAt!: Date;

  @Field(() => DateTime, { description: "When the report arrived here." })
  @Column("timestamptz")
  receivedAt!: Date;

  /** The report that this one is a correction of: each has one at most. */
  @Index({ unique: true })
  @ForeignKey(() => TurnoutReport)
  @Column("uuid", { nullable: true })
  correctsId!: string | null;

  @Field(() => Event, {
    nullable: true,
    description: "The event it is about; null when its reporter may no longer see it.",
  })
  event!: Event | null;
  @Field(() => TurnoutReport, { nullable: true, description: "The report that this one corrects." })
  corrects!: TurnoutReport | null;
  @Field(() => TurnoutReporter, {
    nullable: true,
    description: "Whose it is, without a name; for those who review it, null for others.",
  })
  reporter!: TurnoutReporter | null;
}

export const TurnoutReportConnection = connectionOf("TurnoutReport", () => TurnoutReport, { counted: true });
