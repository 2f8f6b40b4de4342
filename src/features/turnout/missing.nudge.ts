import { Column, Entity, ForeignKey, PrimaryColumn } from "typeorm";
import { Event } from "../events/index.js";

/** When the hosts of an event were last asked for a count. */
@Entity("turnout_nudges")
export class TurnoutNudge {
  @ForeignKey(() => Event, { onDelete: "CASCADE" })
  @PrimaryColumn("uuid")
  eventId!: string;

  @Column("timestamptz") nudgedAt!: Date;
}
