import { Field, ID, Int, ObjectType } from "type-graphql";
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
import { OneOf } from "../../platform/database/columns.js";
import { connectionOf } from "../../platform/graphql/connection.js";
import { Event } from "../events/index.js";
import { Organization } from "../organizations/index.js";
import { Qualification } from "./qualification.js";
import { QualificationKind } from "./qualification.values.js";

/** What an event clears those for who attend. */
@Entity("trainings")
@OneOf("trainings", "kind", QualificationKind)
@Check("trainings_valid_days_check", "valid_days >= 1 AND valid_days <= 3650")
@ObjectType({ description: "What a training clears those for who attend." })
export class Training {
  @ForeignKey(() => Event, { onDelete: "CASCADE" })
  @PrimaryColumn("uuid")
  eventId!: string;

  @Field(() => QualificationKind, { description: "What for." })
  @Column("text")
  kind!: QualificationKind;

  @Index()
  @ForeignKey(() => Organization, { onDelete: "CASCADE" })
  @Column("uuid")
  organizationId!: string;

  @Field(() => Int, { description: "For how many days after the event: 1 to 3,650." })
  @Column("int")
  validDays!: number;

  @Field(() => Organization, { nullable: true, description: "Who clears; null when you may not see it." })
  organization!: Organization | null;
}

/** Event × qualification: whose attendance was recorded, and until when it clears. */
@Entity("attendances")
export class Attendance {
  @ForeignKey(() => Event, { onDelete: "CASCADE" })
  @PrimaryColumn("uuid")
  eventId!: string;

  @Index()
  @ForeignKey(() => Qualification, { onDelete: "CASCADE" })
  @PrimaryColumn("uuid")
  qualificationId!: string;

  @Column("timestamptz") at!: Date;
  @Column("timestamptz") until!: Date;
}

@ObjectType({
  description: "Somebody who has said that they come to a training, as those see it who record attendance.",
})
export class TrainingAttendee {
  @Field(() => ID, { description: "Their RSVP, for `recordAttendance`; leads to nothing else." })
  rsvpId!: string;

  @Field(() => String, {
    nullable: true,
    description: "The name that was given; null unless its owner lets those see it who manage the event, as you do.",
  })
  name!: string | null;

  @Field({ description: "Whether their attendance is recorded." })
  attended!: boolean;
}

export const TrainingAttendeeConnection = connectionOf("TrainingAttendee", () => TrainingAttendee);
