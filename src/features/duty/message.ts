import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
import { OneOf } from "../../platform/database/columns.js";
import { connectionOf } from "../../platform/graphql/connection.js";
import { Node } from "../../platform/graphql/node.js";
import { DateTime } from "../../platform/graphql/scalars.js";
import { Event } from "../events/index.js";
import { Person } from "../people/index.js";
import { Shift } from "../shifts/index.js";

export enum MessageAudience {
  SHIFT = "SHIFT",
  EVENT = "EVENT",
  ON_DUTY = "ON_DUTY",
}
registerEnumType(MessageAudience, {
  name: "MessageAudience",
  description: "To which peacekeepers a message goes.",
  valuesConfig: {
    SHIFT: { description: "Those who hold a confirmed place on one shift." },
    EVENT: { description: "Those who hold a confirmed place at the event." },
    ON_DUTY: { description: "Those who are checked in at the event when it is sent." },
  },
});

@Entity("peacekeeper_messages")
@Index(["eventId", "sentAt", "id"])
@OneOf("peacekeeper_messages", "audience", MessageAudience)
@Check("peacekeeper_messages_shift_check", "(audience = 'SHIFT'::text) = (shift_id IS NOT NULL)")
@ObjectType({
  description: "A message of an event's coordinators to its peacekeepers; those it is for and the coordinators see it.",
  implements: Node,
})
export class PeacekeeperMessage {
  @PrimaryColumn("uuid") id!: string;

  @ForeignKey(() => Event, { onDelete: "CASCADE" })
  @Column("uuid")
  eventId!: string;

  @Index()
  @ForeignKey(() => Shift, { onDelete: "CASCADE" })
  @Column("uuid", { nullable: true })
  shiftId!: string | null;

  @Field(() => MessageAudience, { description: "To whom it went." })
  @Column("text")
  audience!: MessageAudience;

  @Field({ description: "What it is about, in one line." })
  @Column("text")
  subject!: string;

  @Field({ description: "The message: plain text." })
  @Column("text")
  text!: string;

  @Field(() => DateTime, { description: "When it was sent." })
  @Column("timestamptz")
  sentAt!: Date;

  @Field(() => Int, { description: "To how many people it went." })
  @Column("int")
  recipients!: number;

  @Field(() => Event, { description: "The event whose peacekeepers it is for." })
  event!: Event;

  @Field(() => Shift, { nullable: true, description: "The shift that it is for; null unless SHIFT." })
  shift!: Shift | null;
}

/** Who was written to. */
@Entity("peacekeeper_message_recipients")
export class MessageRecipient {
  @ForeignKey(() => PeacekeeperMessage, { onDelete: "CASCADE" })
  @PrimaryColumn("uuid")
  messageId!: string;
  @Index()
  @ForeignKey(() => Person, { onDelete: "CASCADE" })
  @PrimaryColumn("uuid")
  personId!: string;
}

/** What a peacekeeper wrote to the coordinators of their shift; only the letters to these show it. */
@Entity("coordinator_messages")
@Index(["personId", "sentAt"])
export class CoordinatorMessage {
  @PrimaryColumn("uuid") id!: string;
  @Index()
  @ForeignKey(() => Shift, { onDelete: "CASCADE" })
  @Column("uuid")
  shiftId!: string;
  @ForeignKey(() => Person, { onDelete: "CASCADE" })
  @Column("uuid")
  personId!: string;
  @Column("bytea") textSealed!: Buffer;
  @Column("timestamptz") sentAt!: Date;
}

export const PeacekeeperMessageConnection = connectionOf("PeacekeeperMessage", () => PeacekeeperMessage);
