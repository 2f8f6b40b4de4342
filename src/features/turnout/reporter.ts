import { Field, Int, ObjectType } from "type-graphql";
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
import { Node } from "../../platform/graphql/node.js";
import { DateTime } from "../../platform/graphql/scalars.js";
import { Person } from "../people/index.js";

/** A voice: all that one person, or the holders of one link, report in a campaign is weighed as one. */
@Entity("turnout_reporters")
@Index(["scopeId", "personId"], { unique: true })
@ObjectType({
  description:
    "Whoever reports in a campaign, without a name: a person, or all who hold one link. Seen by those who review.",
  implements: Node,
})
export class TurnoutReporter {
  @PrimaryColumn("uuid") id!: string;

  /** The campaign; of an event without one, the event. */
  @Column("uuid") scopeId!: string;

  @Index()
  @ForeignKey(() => Person, { onDelete: "SET NULL" })
  @Column("uuid", { nullable: true })
  personId!: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description: "Since when nothing of theirs counts; null when it does. For the campaign's staff, null for others.",
  })
  @Column("timestamptz", { nullable: true })
  quarantinedAt!: Date | null;

  @Field(() => String, {
    nullable: true,
    description:
      "Why nothing of theirs counts, or, once that was lifted, why it does again. For the campaign's staff, null for others.",
  })
  @Column("text", { nullable: true })
  quarantineReason!: string | null;

  @Field(() => Int, {
    nullable: true,
    description: "How many reports they have sent in the campaign. For its staff, null for others.",
  })
  reports!: number | null;
  @Field(() => Int, {
    nullable: true,
    description: "In how many of these something was odd, whatever became of them. For staff, null for others.",
  })
  flagged!: number | null;
  @Field(() => Int, { nullable: true, description: "How many reviewers have rejected. For staff, null for others." })
  rejected!: number | null;
  @Field(() => DateTime, { nullable: true, description: "When the latest arrived. For staff, null for others." })
  latestReportAt!: Date | null;
}
