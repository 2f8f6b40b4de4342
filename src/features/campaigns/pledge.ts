import { Field, Int, ObjectType } from "type-graphql";
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
import { connectionOf } from "../../platform/graphql/connection.js";
import { City } from "../cities/index.js";
import { Campaign } from "./campaign.js";

/** How many have pledged in a city. */
@Entity("pledge_counts")
@Check("pledge_counts_count_check", "count >= 1")
@ObjectType({ description: "How many people of a city have promised to take part in a campaign." })
export class CityPledges {
  @ForeignKey(() => Campaign, { onDelete: "CASCADE" })
  @PrimaryColumn("uuid")
  campaignId!: string;

  @Index()
  @ForeignKey(() => City)
  @PrimaryColumn("uuid")
  cityId!: string;

  @Field(() => Int, { description: "How many pledges." })
  @Column("int")
  count!: number;

  @Field(() => City, { description: "The city." })
  city!: City;
}

/** That a device has pledged: a keyed hash of campaign and device key. No city, no time, no person, no address. */
@Entity("pledge_marks")
export class PledgeMark {
  @ForeignKey(() => Campaign, { onDelete: "CASCADE" })
  @PrimaryColumn("uuid")
  campaignId!: string;

  @PrimaryColumn("bytea") mark!: Buffer;
}

@ObjectType({
  description: "How many people have promised to take part: each device once. A promise is never a count of people.",
})
export class Pledges {
  @Field(() => Int, { description: "How many pledges in all cities." })
  total!: number;
}

export const CityPledgesConnection = connectionOf("CityPledges", () => CityPledges);
