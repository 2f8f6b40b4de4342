import { Field, ObjectType } from "type-graphql";
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
import { OneOf } from "../../platform/database/columns.js";
import { Node } from "../../platform/graphql/node.js";
import { DateTime } from "../../platform/graphql/scalars.js";
import { Event } from "../events/index.js";
import { TurnoutReporter } from "./reporter.js";
import { TurnoutSource } from "./turnout.values.js";

/** How long before an event its links begin, and how long after it they end. */
export const linkHours = { before: 2, after: 12 };

@Entity("turnout_links")
@OneOf("turnout_links", "source", TurnoutSource)
@Check("turnout_links_label_check", "length(label) BETWEEN 1 AND 80")
@ObjectType({
  description:
    "A secret address by which people without an account report turnout of one event, on its day. Seen by those who coordinate the event.",
  implements: Node,
})
export class TurnoutLink {
  @PrimaryColumn("uuid") id!: string;

  @Index()
  @ForeignKey(() => Event, { onDelete: "CASCADE" })
  @Column("uuid")
  eventId!: string;

  /** All who hold the link are one voice. */
  @Index()
  @ForeignKey(() => TurnoutReporter)
  @Column("uuid")
  reporterId!: string;

  @Column("bytea", { unique: true }) tokenHash!: Buffer;

  @Field({ description: "Who it was given to, or for what, such as “north gate”." })
  @Column("text")
  label!: string;

  @Field(() => TurnoutSource, { description: "As whose its reports are weighed." })
  @Column("text")
  source!: TurnoutSource;

  @Field(() => DateTime, { description: "When it was made." })
  @Column("timestamptz")
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true, description: "Since when it is worth nothing any more; null while it is." })
  @Column("timestamptz", { nullable: true })
  revokedAt!: Date | null;

  @Field(() => DateTime, { description: "From then on it takes reports: 2 hours before the event, as it is now." })
  validFrom!: Date;
  @Field(() => DateTime, { description: "Until then it takes reports: 12 hours after the event, as it is now." })
  validUntil!: Date;
  @Field(() => Event, { description: "The event whose turnout it reports." })
  event!: Event;
  @Field(() => TurnoutReporter, { description: "The voice that all its reports are." })
  reporter!: TurnoutReporter;
}

/** What was sent by a link, by the key of the phone that sent it: sent again, it is not another report. */
@Entity("turnout_link_keys")
export class TurnoutLinkKey {
  @ForeignKey(() => TurnoutLink, { onDelete: "CASCADE" })
  @PrimaryColumn("uuid")
  linkId!: string;

  @PrimaryColumn("text") key!: string;
  @Column("bytea") inputHash!: Buffer;
  @Column("uuid", { nullable: true }) reportId!: string | null;
}
