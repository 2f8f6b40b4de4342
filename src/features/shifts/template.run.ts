import { registerEnumType } from "type-graphql";
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
import { OneOf } from "../../platform/database/columns.js";
import { Event } from "../events/index.js";

export enum ShiftTemplate {
  SMALL = "SMALL",
  MEDIUM = "MEDIUM",
  LARGE = "LARGE",
}
registerEnumType(ShiftTemplate, {
  name: "ShiftTemplate",
  description: "A set of shifts by role for a rally of a size.",
  valuesConfig: {
    SMALL: { description: "For 200 people: 4 peacekeepers at 1 for 50." },
    MEDIUM: { description: "For 2,000 people: 40 peacekeepers at 1 for 50." },
    LARGE: { description: "For 20,000 people: 400 peacekeepers at 1 for 50." },
  },
});

/** One use of a template at an event: its shifts are undone as one. */
@Entity("shift_template_runs")
@OneOf("shift_template_runs", "template", ShiftTemplate)
export class ShiftTemplateRun {
  @PrimaryColumn("uuid") id!: string;

  @ForeignKey(() => Event, { onDelete: "CASCADE" })
  @Index()
  @Column("uuid")
  eventId!: string;

  @Column("text") template!: ShiftTemplate;
  @Column("timestamptz") at!: Date;
}
