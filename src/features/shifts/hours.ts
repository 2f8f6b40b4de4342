import { Field, Int, ObjectType } from "type-graphql";
import { Column, Entity, ForeignKey, PrimaryColumn } from "typeorm";
import { Person } from "../people/index.js";

/** What stays of a person's hours when their sign-ups are erased: two numbers, without where or when. */
@Entity("kept_hours")
export class KeptHours {
  @ForeignKey(() => Person, { onDelete: "CASCADE" })
  @PrimaryColumn("uuid")
  personId!: string;

  @Column("int") shifts!: number;
  @Column("int") minutes!: number;
}

@ObjectType({ description: "How much you have stood as a peacekeeper." })
export class PeacekeeperHours {
  @Field(() => Int, { description: "Shifts that you have completed, or left early." })
  shifts!: number;

  @Field(() => Int, {
    description: "Minutes of them: from when you came, where you were late, until you left, where you left early.",
  })
  minutes!: number;
}

@ObjectType({ description: "How much the members of an organization have stood as peacekeepers, all together." })
export class OrganizationHours {
  @Field(() => Int, { description: "How many members have: 3 or more." })
  people!: number;

  @Field(() => Int, { description: "Shifts that they have completed, or left early." })
  shifts!: number;

  @Field(() => Int, {
    description: "Minutes of them: from when they came, where they were late, until they left, where they left early.",
  })
  minutes!: number;
}
