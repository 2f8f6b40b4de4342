import { Field, Int, ObjectType } from "type-graphql";
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from "typeorm";
import { OneOf } from "../../platform/database/columns.js";
import { connectionOf } from "../../platform/graphql/connection.js";
import { Node } from "../../platform/graphql/node.js";
import { DateTime } from "../../platform/graphql/scalars.js";
import { Event } from "../events/index.js";
import { Organization } from "../organizations/index.js";
import { Person } from "../people/index.js";
import { DispatchStatus, mostPromised } from "./dispatch.values.js";

@Entity("dispatch_pledges")
@Unique(["organizationId", "eventId"])
@Index(["eventId", "promisedAt", "id"])
@OneOf("dispatch_pledges", "status", DispatchStatus)
@Check("dispatch_pledges_counts_check", `count >= 1 AND count <= ${mostPromised} AND named >= 0 AND named <= count`)
@ObjectType({
  description:
    "An organization's promise of so many peacekeepers for an event, who are named later; its admins and the event's coordinators see it.",
  implements: Node,
})
export class DispatchPledge {
  @PrimaryColumn("uuid") id!: string;

  @ForeignKey(() => Organization, { onDelete: "CASCADE" })
  @Column("uuid")
  organizationId!: string;

  @ForeignKey(() => Event, { onDelete: "CASCADE" })
  @Column("uuid")
  eventId!: string;

  @Field(() => Int, { description: "How many are promised: 1 to 1,000." })
  @Column("int")
  count!: number;

  @Field(() => Int, { description: "How many of them have been named." })
  @Column("int", { default: 0 })
  named!: number;

  @Field(() => String, { nullable: true, description: "What the organization says of it." })
  @Column("text", { nullable: true })
  note!: string | null;

  @Field(() => DispatchStatus, { description: "Where it stands." })
  @Column("text")
  status!: DispatchStatus;

  @Field(() => DateTime, { description: "When it was made, or last made anew." })
  @Column("timestamptz")
  promisedAt!: Date;

  /** How many stood there, kept when their names are erased. */
  @Column("int", { nullable: true }) stood!: number | null;

  @Field({
    description:
      "Whether the organization is verified or hosts the event: only then does the promise count in sums, and the named need no confirmation.",
  })
  vouched!: boolean;

  @Field(() => Int, {
    nullable: true,
    description:
      "How many of the named hold a place that can be counted on; null for an organization that nobody vouches for.",
  })
  confirmed!: number | null;

  @Field(() => Organization, { description: "Who promises." })
  organization!: Organization;

  @Field(() => Event, { nullable: true, description: "The event; null when you may no longer see it." })
  event!: Event | null;
}

/** The columns of a promise. */
export type DispatchRow = Omit<DispatchPledge, "vouched" | "confirmed" | "organization" | "event">;

/** One person named for a promise; kept when the name is taken back, so that nobody mails strangers without end. */
@Entity("dispatch_names")
@Index(["namedBy", "namedAt"])
export class DispatchName {
  @ForeignKey(() => DispatchPledge, { onDelete: "CASCADE" })
  @PrimaryColumn("uuid")
  pledgeId!: string;

  @Index()
  @ForeignKey(() => Person, { onDelete: "CASCADE" })
  @PrimaryColumn("uuid")
  personId!: string;

  @Column("timestamptz") namedAt!: Date;

  @ForeignKey(() => Person, { onDelete: "SET NULL" })
  @Column("uuid", { nullable: true })
  namedBy!: string | null;

  @Column("timestamptz", { nullable: true }) removedAt!: Date | null;
}

export const DispatchPledgeConnection = connectionOf("DispatchPledge", () => DispatchPledge);

@ObjectType({ description: "Somebody whom an organization has named for a promise; its admins see it." })
export class NamedPeacekeeper {
  @Field({ description: "The address that they were named by." })
  email!: string;
  @Field(() => DateTime, { description: "When they were named." })
  namedAt!: Date;
}

export const NamedPeacekeeperConnection = connectionOf("NamedPeacekeeper", () => NamedPeacekeeper);
