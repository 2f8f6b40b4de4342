import { Field, Float, Int, ObjectType } from "type-graphql";
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
import { OneOf } from "../../platform/database/columns.js";
import { DateTime } from "../../platform/graphql/scalars.js";
import { Event } from "../events/index.js";
import { TurnoutReport } from "./report.js";
import { TurnoutState } from "./turnout.values.js";

/** What an event's reports come to. */
abstract class Standing {
  @Column("uuid", { nullable: true }) campaignId!: string | null;
  @Column("uuid") cityId!: string;
  /** Whether it is in the totals: everybody finds the event, and it is neither postponed nor called off. */
  @Column("boolean") counted!: boolean;
  @Column("text") state!: TurnoutState;
  @Column("int", { nullable: true }) low!: number | null;
  @Column("int", { nullable: true }) high!: number | null;
  @Column("int", { nullable: true }) peakLow!: number | null;
  @Column("int", { nullable: true }) peakHigh!: number | null;
  @Column("int", { nullable: true }) lowest!: number | null;
  @Column("int", { nullable: true }) highest!: number | null;
  @Column("float8", { nullable: true }) median!: number | null;
  @Column("int") reports!: number;
  @Column("timestamptz", { nullable: true }) observedAt!: Date | null;
  @Column("timestamptz") changedAt!: Date;
}

/** The present standing of an event: a row is here once the event has been public or has a report. Its lock orders all that moves it. */
@Entity("turnouts")
@Index(["campaignId", "cityId"])
@OneOf("turnouts", "state", TurnoutState)
@OneOf("turnouts", "closed", { FINAL: "FINAL", CERTIFIED: "CERTIFIED" })
@Check("turnouts_interval_check", "low >= 0 AND high >= low AND peak_low >= 0 AND peak_high >= peak_low")
export class EventTurnout extends Standing {
  @ForeignKey(() => Event, { onDelete: "CASCADE" })
  @PrimaryColumn("uuid")
  eventId!: string;

  /** One more with each standing that differs from the one before. */
  @Column("int") version!: number;

  /** Said by people: FINAL or CERTIFIED; null while reports move the number. */
  @Column("text", { nullable: true }) closed!: TurnoutState.FINAL | TurnoutState.CERTIFIED | null;

  /** The report that states the number of a closed event; null: its peak is. */
  @Index()
  @ForeignKey(() => TurnoutReport, { onDelete: "SET NULL" })
  @Column("uuid", { nullable: true })
  closingReportId!: string | null;

  /** Another one whenever other reports count than before; null: not known. */
  @Column("uuid", { nullable: true })
  reportsStamp!: string | null;
}

/** Every standing that an event has had, for ever: what the boards showed can be told of any moment. */
@Entity("turnout_states")
@Index(["campaignId", "changedAt"])
@Index(["cityId", "changedAt"])
@OneOf("turnout_states", "state", TurnoutState)
export class TurnoutMoment extends Standing {
  @ForeignKey(() => Event, { onDelete: "CASCADE" })
  @PrimaryColumn("uuid")
  eventId!: string;

  @PrimaryColumn("int") version!: number;
}

/** The sums of a campaign in a city, kept as standings change; events of no campaign are summed under the nil id. */
@Entity("turnout_totals")
@Index(["cityId"])
export class TurnoutTotal {
  @PrimaryColumn("uuid") campaignId!: string;
  @PrimaryColumn("uuid") cityId!: string;
  @Column("int") scheduled!: number;
  @Column("int") reporting!: number;
  @Column("int") reports!: number;
  @Column("bigint") low!: string;
  @Column("bigint") high!: string;
  @Column("bigint") peakLow!: string;
  @Column("bigint") peakHigh!: string;
  /** Of these the events that are FINAL or CERTIFIED, and their sums. */
  @Column("int") closed!: number;
  @Column("bigint") closedLow!: string;
  @Column("bigint") closedHigh!: string;
  @Column("timestamptz") changedAt!: Date;
}

/** A derived number: nobody types it in. */
@ObjectType({
  description:
    "How many people came: an interval from `low` to `high`, with its coverage, as “41,000–62,000 at 1,204 of 1,870 rallies”. For a city, region or campaign, lows are summed with lows and highs with highs, each public event once. Unknown is null, never 0. What is not published yet is unknown to those who have nothing to do with it.",
})
export class Turnout {
  @Field(() => Int, {
    nullable: true,
    description: "At least so many are there, by each event's estimate; null while nothing is known.",
  })
  low!: number | null;
  @Field(() => Int, {
    nullable: true,
    description: "At most so many are there, by each event's estimate; null while nothing is known.",
  })
  high!: number | null;
  @Field(() => Int, { nullable: true, description: "At least so many at the largest of each event." })
  peakLow!: number | null;
  @Field(() => Int, { nullable: true, description: "At most so many at the largest of each event." })
  peakHigh!: number | null;
  @Field(() => TurnoutState, {
    nullable: true,
    description: "How far the number of an event can be relied on; null for sums.",
  })
  state!: TurnoutState | null;
  @Field(() => Int, {
    nullable: true,
    description: "The smallest `low` of an event's accepted reports; null for sums.",
  })
  lowest!: number | null;
  @Field(() => Int, {
    nullable: true,
    description: "The largest `high` of an event's accepted reports; null for sums.",
  })
  highest!: number | null;
  @Field(() => Float, {
    nullable: true,
    description:
      "The median of the middles of an event's accepted reports, of two middle ones their mean; null for sums.",
  })
  median!: number | null;
  @Field(() => Int, { description: "How many events have a number." })
  reporting!: number;
  @Field(() => Int, { description: "How many events there are." })
  scheduled!: number;
  @Field(() => Int, { description: "How many events are FINAL or CERTIFIED, with a number." })
  closed!: number;
  @Field(() => Int, { description: "How many reports are counted." })
  reports!: number;
  @Field(() => DateTime, {
    nullable: true,
    description: "When the latest counted observation of an event was made; null for sums.",
  })
  observedAt!: Date | null;
  @Field(() => DateTime, {
    nullable: true,
    description:
      "When anything about it last changed; of sums, in the campaigns that are published to you as reports come in, null where there are none.",
  })
  changedAt!: Date | null;
}
