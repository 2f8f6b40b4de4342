import { Field, ObjectType } from "type-graphql";
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
import { OneOf } from "../../platform/database/columns.js";
import { DateTime } from "../../platform/graphql/scalars.js";
import { Organization } from "../organizations/index.js";
import { Event } from "./event.js";
import { HostRole, HostStatus } from "./event.values.js";

/** Organization × event. */
@Entity("event_hosts")
@OneOf("event_hosts", "role", HostRole)
@OneOf("event_hosts", "status", HostStatus)
@ObjectType({ description: "An organization that hosts an event." })
export class EventHost {
  @ForeignKey(() => Event, { onDelete: "CASCADE" })
  @PrimaryColumn("uuid")
  eventId!: string;

  @Index()
  @ForeignKey(() => Organization, { onDelete: "CASCADE" })
  @PrimaryColumn("uuid")
  organizationId!: string;

  @Field(() => HostRole, { description: "Whether it leads or helps." })
  @Column("text")
  role!: HostRole;

  @Field(() => HostStatus, { description: "ACCEPTED, unless you manage the event or the organization." })
  @Column("text")
  status!: HostStatus;

  @Field(() => DateTime, { nullable: true, description: "When it was invited; null when it hosted from the start." })
  @Column("timestamptz", { nullable: true })
  invitedAt!: Date | null;

  @Field(() => Organization, { description: "Who hosts." })
  organization!: Organization;
}
