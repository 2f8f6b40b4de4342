import { Field, ObjectType } from "type-graphql";
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from "typeorm";
import { OneOf } from "../../platform/database/columns.js";
import { connectionOf } from "../../platform/graphql/connection.js";
import { Node } from "../../platform/graphql/node.js";
import { DateTime } from "../../platform/graphql/scalars.js";
import { Organization } from "../organizations/index.js";
import { Person } from "../people/index.js";
import { QualificationKind, QualificationStatus } from "./qualification.values.js";

/** Person × kind × organization that clears. */
@Entity("qualifications")
@Unique(["personId", "kind", "organizationId"])
@Index("qualifications_requests_idx", ["organizationId", "requestedAt", "id"], {
  where: "(requested_at IS NOT NULL)",
})
@Index("qualifications_decided_idx", ["organizationId", "decidedAt", "id"], { where: "(decided_at IS NOT NULL)" })
@Index("qualifications_remind_idx", ["remindAt"], { where: "(remind_at IS NOT NULL)" })
@OneOf("qualifications", "kind", QualificationKind)
@OneOf("qualifications", "status", QualificationStatus)
@Check(
  "qualifications_decided_check",
  "(status = 'REQUESTED'::text) = (decided_at IS NULL) AND COALESCE(requested_at, decided_at) IS NOT NULL",
)
@Check(
  "qualifications_cleared_check",
  "status = 'CLEARED'::text OR (expires_at IS NULL AND remind_at IS NULL AND before_training IS NULL)",
)
@Check("qualifications_reason_check", "status <> ALL (ARRAY['DECLINED'::text, 'REVOKED'::text]) OR reason IS NOT NULL")
@ObjectType({
  description:
    "What an organization says of whether a person is fit for something. Only that person sees it, the organization's admins and the site's staff.",
  implements: Node,
})
export class Qualification {
  @PrimaryColumn("uuid") id!: string;

  @ForeignKey(() => Person, { onDelete: "CASCADE" })
  @Column("uuid")
  personId!: string;

  @ForeignKey(() => Organization, { onDelete: "CASCADE" })
  @Column("uuid")
  organizationId!: string;

  @Field(() => QualificationKind, { description: "What it is for." })
  @Column("text")
  kind!: QualificationKind;

  @Field(() => QualificationStatus, { description: "What the organization has decided." })
  @Column("text")
  status!: QualificationStatus;

  @Field(() => DateTime, {
    nullable: true,
    description: "Since when a request, the first or one to renew it, waits for an answer; null when none does.",
  })
  @Column("timestamptz", { nullable: true })
  requestedAt!: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: "When it was cleared, declined or revoked; null while it is REQUESTED.",
  })
  @Column("timestamptz", { nullable: true })
  decidedAt!: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: "Until when it is cleared; null when it does not expire, or is not cleared.",
  })
  @Column("timestamptz", { nullable: true })
  expiresAt!: Date | null;

  @Field(() => String, {
    nullable: true,
    description: "Why it was revoked, or the last request declined; null when neither was.",
  })
  @Column("text", { nullable: true })
  reason!: string | null;

  /** The name that the person gave to the organization's admins. */
  @Column("bytea", { nullable: true }) nameSealed!: Buffer | null;

  /** When to tell the person that it expires; null once that is done, or not to be done. */
  @Column("timestamptz", { nullable: true }) remindAt!: Date | null;

  /** What stood before trainings cleared; null unless it is one that did. */
  @Column("jsonb", { nullable: true }) beforeTraining!: Partial<Record<keyof Standing, string | null>> | null;

  @Field({ description: "Whether it was cleared until a time that is past." })
  isExpired!: boolean;

  @Field({ description: "Whether it is to be renewed: from 30 days before it expires on." })
  renewalDue!: boolean;

  @Field({ description: "Whether it counts now: cleared, not expired, and by an organization that is verified." })
  counts!: boolean;

  @Field(() => Organization, { nullable: true, description: "Who decides; null when you may no longer see it." })
  organization!: Organization | null;
}

/** The columns, without what is read beside them. */
export type QualificationRow = Omit<Qualification, "isExpired" | "renewalDue" | "counts" | "organization">;

/** What an organization has decided, or is asked to. */
export type Standing = Pick<QualificationRow, "status" | "requestedAt" | "decidedAt" | "expiresAt" | "reason">;

@ObjectType({ description: "A qualification as the admins of the organization see it that decides." })
export class OrganizationQualification {
  @Field(() => Qualification, { description: "The qualification." })
  qualification!: unknown;

  @Field(() => String, {
    nullable: true,
    description: "The name that the person gave; null when none was, or it is erased. Each look is in the audit trail.",
  })
  name!: string | null;
}

export const QualificationConnection = connectionOf("Qualification", () => Qualification);
export const OrganizationQualificationConnection = connectionOf(
  "OrganizationQualification",
  () => OrganizationQualification,
);
