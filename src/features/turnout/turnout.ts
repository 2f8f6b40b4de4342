import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
import { OneOf } from "../../platform/database/columns.js";
import { Node } from "../../platform/graphql/node.js";
import { DateTime } from "../../platform/graphql/scalars.js";
import { Event } from "../events/index.js";
import { Person } from "../people/index.js";

export enum TurnoutMethod {
  HEADCOUNT = "HEADCOUNT",
  CLICKER = "CLICKER",
  MARCH_PASS_ROWS = "MARCH_PASS_ROWS",
  AREA_DENSITY = "AREA_DENSITY",
  AERIAL = "AERIAL",
  PHOTO = "PHOTO",
  VIDEO = "VIDEO",
  EYEWITNESS = "EYEWITNESS",
  MEDIA = "MEDIA",
  OFFICIAL = "OFFICIAL",
}
registerEnumType(TurnoutMethod, { name: "TurnoutMethod", description: "How a crowd was counted." });

export enum TurnoutSource {
  HOST = "HOST",
  PEACEKEEPER = "PEACEKEEPER",
  STAFF = "STAFF",
  PRESS = "PRESS",
  OFFICIAL = "OFFICIAL",
  PUBLIC = "PUBLIC",
}
registerEnumType(TurnoutSource, { name: "TurnoutSource", description: "Who counted." });

/** The most people that one report may state. */
export const largestCount = 5_000_000;

@Entity("turnout_reports")
@Index(["eventId", "observedAt", "id"])
@OneOf("turnout_reports", "method", TurnoutMethod)
@OneOf("turnout_reports", "source", TurnoutSource)
@Check("turnout_reports_interval_check", `low >= 0 AND high >= low AND high <= ${largestCount}`)
@ObjectType({
  description: "One observation by one reporter; seen by those concerned with the event.",
  implements: Node,
})
export class TurnoutReport {
  @PrimaryColumn("uuid") id!: string;

  @ForeignKey(() => Event, { onDelete: "CASCADE" })
  @Column("uuid")
  eventId!: string;

  @Index()
  @ForeignKey(() => Person, { onDelete: "SET NULL" })
  @Column("uuid", { nullable: true })
  reporterId!: string | null;

  @Field(() => Int, { description: "At least so many people." })
  @Column("int")
  low!: number;

  @Field(() => Int, { description: "At most so many people." })
  @Column("int")
  high!: number;

  @Field(() => String, { nullable: true, description: "The reporter's own words, such as “about 2,000”." })
  @Column("text", { nullable: true })
  words!: string | null;

  @Field(() => TurnoutMethod, { nullable: true, description: "How it was counted; null when that is not known." })
  @Column("text", { nullable: true })
  method!: TurnoutMethod | null;

  @Field(() => TurnoutSource, { description: "Who counted; follows from the reporter's role." })
  @Column("text")
  source!: TurnoutSource;

  @Field(() => DateTime, { description: "When it was seen." })
  @Column("timestamptz")
  observedAt!: Date;

  @Field(() => DateTime, { description: "When the report arrived here." })
  @Column("timestamptz")
  receivedAt!: Date;

  @Field(() => Event, { description: "The event it is about." })
  event!: Event;
}

/** What an event's reports come to; kept as they arrive. */
@Entity("turnouts")
@Check("turnouts_interval_check", "low >= 0 AND high >= low AND peak_low >= 0 AND peak_high >= peak_low")
export class EventTurnout {
  @ForeignKey(() => Event, { onDelete: "CASCADE" })
  @PrimaryColumn("uuid")
  eventId!: string;

  @Column("int") low!: number;
  @Column("int") high!: number;
  @Column("int") peakLow!: number;
  @Column("int") peakHigh!: number;
  @Column("int") reports!: number;
  @Column("timestamptz") observedAt!: Date;
}

/** A derived number: nobody types it in. */
@ObjectType({
  description:
    "How many people came: an interval from `low` to `high`, with its coverage, as “41,000–62,000 at 1,204 of 1,870 rallies”. For a city or campaign, lows are summed with lows and highs with highs, each public event once. Unknown is null, never 0.",
})
export class Turnout {
  @Field(() => Int, {
    nullable: true,
    description: "At least so many, by the latest observation of each event; null while nothing is known.",
  })
  low!: number | null;
  @Field(() => Int, {
    nullable: true,
    description: "At most so many, by the latest observation of each event; null while nothing is known.",
  })
  high!: number | null;
  @Field(() => Int, { nullable: true, description: "At least so many at the largest of each event." })
  peakLow!: number | null;
  @Field(() => Int, { nullable: true, description: "At most so many at the largest of each event." })
  peakHigh!: number | null;
  @Field(() => Int, { description: "How many events have a report." })
  reporting!: number;
  @Field(() => Int, { description: "How many events there are." })
  scheduled!: number;
  @Field(() => Int, { description: "How many reports were received." })
  reports!: number;
  @Field(() => DateTime, { nullable: true, description: "When the latest observation was made." })
  observedAt!: Date | null;
}
