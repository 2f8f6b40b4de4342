import { Column, Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
import { OneOf } from "../../platform/database/columns.js";
import { Person } from "../people/index.js";
import { DropReason } from "./letter.values.js";

/** A letter to a person and what became of it; kept without its words, so that nobody is told anything twice. */
@Entity("letters")
@Index(["personId", "sentAt"])
@Index(["queuedAt"])
@OneOf("letters", "dropped", DropReason)
export class QueuedLetter {
  @PrimaryColumn("text") kind!: string;
  @PrimaryColumn("text") key!: string;
  @ForeignKey(() => Person, { onDelete: "CASCADE" })
  @Column("uuid")
  personId!: string;
  @Column("timestamptz") queuedAt!: Date;
  @Column("timestamptz", { nullable: true }) sentAt!: Date | null;
  @Column("text", { nullable: true }) dropped!: DropReason | null;
}

/** What a person wants no more letters about; an empty `about` stops all but those that the person asks for. */
@Entity("letter_stops")
export class LetterStop {
  @ForeignKey(() => Person, { onDelete: "CASCADE" })
  @PrimaryColumn("uuid")
  personId!: string;
  @PrimaryColumn("text") about!: string;
}
