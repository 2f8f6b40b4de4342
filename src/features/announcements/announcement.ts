import { Field, ObjectType } from "type-graphql";
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
import { connectionOf } from "../../platform/graphql/connection.js";
import { Node } from "../../platform/graphql/node.js";
import { DateTime } from "../../platform/graphql/scalars.js";
import { Event } from "../events/index.js";

@Entity("announcements")
@Index(["eventId", "postedAt", "id"])
@ObjectType({ description: "A message of those who manage an event to those who follow it.", implements: Node })
export class Announcement {
  @PrimaryColumn("uuid") id!: string;

  @ForeignKey(() => Event, { onDelete: "CASCADE" })
  @Column("uuid")
  eventId!: string;

  @Field({ description: "What it is about, in one line." })
  @Column("text")
  subject!: string;

  @Field({ description: "The message: plain text." })
  @Column("text")
  text!: string;

  @Field(() => DateTime, { description: "When it was posted." })
  @Column("timestamptz")
  postedAt!: Date;

  /** From then on nobody sees it, and its words are not kept. */
  @Column("timestamptz", { nullable: true })
  removedAt!: Date | null;

  @Field(() => Event, { description: "The event it is about." })
  event!: Event;
}

export const AnnouncementConnection = connectionOf("Announcement", () => Announcement);
