import { Field, Int, ObjectType } from "type-graphql";
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
import { OneOf } from "../../platform/database/columns.js";
import { connectionOf } from "../../platform/graphql/connection.js";
import { Node } from "../../platform/graphql/node.js";
import { DateTime } from "../../platform/graphql/scalars.js";
import { Campaign } from "../campaigns/index.js";
import { Organization } from "../organizations/index.js";
import { Person } from "../people/index.js";
import { EventImportFormat, ImportStatus } from "./import.values.js";

@Entity("event_imports")
@Index(["campaignId", "createdAt", "id"])
@OneOf("event_imports", "format", EventImportFormat)
@OneOf("event_imports", "status", ImportStatus)
@Check("event_imports_rows_check", "accepted + unchanged + rejected = done AND done <= rows")
@ObjectType({ description: "A file of events for a campaign; only its staff see it.", implements: Node })
export class EventImport {
  @PrimaryColumn("uuid") id!: string;

  @ForeignKey(() => Campaign, { onDelete: "CASCADE" })
  @Column("uuid")
  campaignId!: string;

  /** Who lets the rows in: with this person's rights they are imported. */
  @Index()
  @ForeignKey(() => Person, { onDelete: "SET NULL" })
  @Column("uuid", { nullable: true })
  createdBy!: string | null;

  @ForeignKey(() => Organization, { onDelete: "CASCADE" })
  @Column("uuid", { nullable: true })
  organizationId!: string | null;

  @Field(() => EventImportFormat, { description: "Which columns the file has." })
  @Column("text")
  format!: EventImportFormat;

  @Field({ description: "Whether it only tells what would become of each row." })
  @Column("boolean")
  dryRun!: boolean;

  @Field({ description: "Whether the events are approved at once; else they are drafts." })
  @Column("boolean")
  publish!: boolean;

  @Field(() => ImportStatus, { description: "Where it stands." })
  @Column("text")
  status!: ImportStatus;

  @Field(() => String, { nullable: true, description: "Why it has FAILED, and what would be right." })
  @Column("text", { nullable: true })
  failure!: string | null;

  /** SHA-256 of the file: whoever sends it again after a lost answer is told the same. */
  @Column("bytea", { nullable: true }) fileHash!: Buffer | null;

  @Field(() => Int, { description: "How many rows the file has, without its header; 0 until they are counted." })
  @Column("int", { default: 0 })
  rows!: number;

  @Field(() => Int, { description: "How many rows are dealt with: `accepted`, `unchanged` and `rejected` together." })
  @Column("int", { default: 0 })
  done!: number;

  @Field(() => Int, { description: "How many rows became an event, or would in a dry run." })
  @Column("int", { default: 0 })
  accepted!: number;

  @Field(() => Int, {
    description:
      "How many rows the campaign has an event of, from an earlier import. Such an event stays as it is, whatever the row says now, also where it was edited or deleted since.",
  })
  @Column("int", { default: 0 })
  unchanged!: number;

  @Field(() => Int, { description: "How many rows have problems and became nothing." })
  @Column("int", { default: 0 })
  rejected!: number;

  @Field(() => DateTime, { description: "When it was started." })
  @Column("timestamptz")
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true, description: "When it was DONE or FAILED." })
  @Column("timestamptz", { nullable: true })
  finishedAt!: Date | null;

  @Field(() => Campaign, { description: "The campaign that the events are of." })
  campaign!: Campaign;
}

/** The file of an import, until it is done. */
@Entity("import_files")
export class ImportFile {
  @ForeignKey(() => EventImport, { onDelete: "CASCADE" })
  @PrimaryColumn("uuid")
  importId!: string;

  @Column("bytea") contents!: Buffer;
}

@Entity("import_problems")
@Index(["importId", "line", "id"])
@ObjectType({ description: "What is wrong with a row; a row may have several.", implements: Node })
export class ImportProblem {
  @PrimaryColumn("uuid") id!: string;

  @ForeignKey(() => EventImport, { onDelete: "CASCADE" })
  @Column("uuid")
  importId!: string;

  @Field(() => Int, { description: "The line of the file on which the row begins; the header is line 1." })
  @Column("int")
  line!: number;

  @Field(() => String, { nullable: true, description: "The name of the column; null when it is the row as a whole." })
  @Column("text", { nullable: true })
  field!: string | null;

  @Field({ description: "What is wrong, and what would be right." })
  @Column("text")
  reason!: string;
}

export const EventImportConnection = connectionOf("EventImport", () => EventImport);
export const ImportProblemConnection = connectionOf("ImportProblem", () => ImportProblem, { counted: true });
