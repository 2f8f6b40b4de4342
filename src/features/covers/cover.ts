import { Field, ObjectType } from "type-graphql";
import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from "typeorm";
import { OneOf } from "../../platform/database/columns.js";
import { connectionOf } from "../../platform/graphql/connection.js";
import { Node } from "../../platform/graphql/node.js";
import { DateTime } from "../../platform/graphql/scalars.js";
import { Person } from "../people/index.js";
import { Shift } from "../shifts/index.js";
import { CallOut } from "./call.js";
import { CoverStatus } from "./cover.values.js";

@Entity("cover_requests")
@OneOf("cover_requests", "status", CoverStatus)
// Nobody is asked twice.
@Unique(["callOutId", "personId"])
@Index(["personId", "askedAt", "id"])
@ObjectType({ description: "You are asked to help out on a shift; nobody else sees it.", implements: Node })
export class CoverRequest {
  @PrimaryColumn("uuid") id!: string;

  @ForeignKey(() => CallOut, { onDelete: "CASCADE" })
  @Column("uuid")
  callOutId!: string;

  @ForeignKey(() => Person, { onDelete: "CASCADE" })
  @Column("uuid")
  personId!: string;

  @Field(() => CoverStatus, { description: "What has become of it." })
  @Column("text")
  status!: CoverStatus;

  @Field(() => DateTime, { description: "When you were asked." })
  @Column("timestamptz")
  askedAt!: Date;

  @Field(() => DateTime, { description: "Until when you can accept, if nobody is faster." })
  @Column("timestamptz")
  deadline!: Date;

  @Field(() => Shift, { nullable: true, description: "The shift; null when you may no longer see its event." })
  shift!: Shift | null;
}

/** The columns of a request. */
export type CoverRow = Omit<CoverRequest, "shift">;

export const CoverRequestConnection = connectionOf("CoverRequest", () => CoverRequest);
