import { Field, ObjectType, registerEnumType } from "type-graphql";
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
import { OneOf } from "../../platform/database/columns.js";
import { connectionOf } from "../../platform/graphql/connection.js";
import { Node } from "../../platform/graphql/node.js";
import { DateTime } from "../../platform/graphql/scalars.js";
import { Event } from "../events/index.js";
import { Person } from "../people/index.js";

export enum CoverageKind {
  PHOTO = "PHOTO",
  ARTICLE = "ARTICLE",
  VIDEO = "VIDEO",
}
registerEnumType(CoverageKind, { name: "CoverageKind", description: "What a link leads to." });

export enum CoverageStatus {
  SUGGESTED = "SUGGESTED",
  ACCEPTED = "ACCEPTED",
}
registerEnumType(CoverageStatus, {
  name: "CoverageStatus",
  description: "Whether those who manage the event show a link.",
  valuesConfig: {
    SUGGESTED: { description: "Seen by those who manage the event, and by whoever suggested it." },
    ACCEPTED: { description: "Seen by whoever sees the event." },
  },
});

@Entity("coverage")
@Index(["eventId", "addedAt", "id"])
@Index(["suggestedBy", "addedAt"])
@Index("coverage_accepted_once_idx", ["eventId", "url"], {
  unique: true,
  where: "status = 'ACCEPTED' AND removed_at IS NULL",
})
@Index("coverage_suggested_once_idx", ["eventId", "url", "suggestedBy"], {
  unique: true,
  where: "status = 'SUGGESTED' AND removed_at IS NULL",
})
@OneOf("coverage", "kind", CoverageKind)
@OneOf("coverage", "status", CoverageStatus)
@Check("coverage_url_check", "url LIKE 'https://%' OR removed_at IS NOT NULL")
@ObjectType({ description: "A link to a photo, article or video of an event.", implements: Node })
export class Coverage {
  @PrimaryColumn("uuid") id!: string;

  @ForeignKey(() => Event, { onDelete: "CASCADE" })
  @Column("uuid")
  eventId!: string;

  @Field(() => CoverageKind, { description: "What it leads to." })
  @Column("text")
  kind!: CoverageKind;

  @Field({ description: "The https address, as the URL standard spells it. It leads to others: we have not looked." })
  @Column("text")
  url!: string;

  @Field({ description: "Its headline, or what it shows." })
  @Column("text")
  title!: string;

  @Field(() => String, { nullable: true, description: "Who published it; null when not said." })
  @Column("text", { nullable: true })
  publisher!: string | null;

  @Field(() => CoverageStatus, { description: "Whether those who manage the event show it." })
  @Column("text")
  status!: CoverageStatus;

  /** Never shown: for limits, and for taking back one's own. */
  @ForeignKey(() => Person, { onDelete: "SET NULL" })
  @Column("uuid", { nullable: true })
  suggestedBy!: string | null;

  @Field(() => DateTime, { description: "When it was added." })
  @Column("timestamptz")
  addedAt!: Date;

  /** From then on nobody sees it, and what it said is not kept. */
  @Column("timestamptz", { nullable: true })
  removedAt!: Date | null;

  @Field(() => Event, { description: "The event that it is about." })
  event!: Event;
}

export const CoverageConnection = connectionOf("Coverage", () => Coverage);
