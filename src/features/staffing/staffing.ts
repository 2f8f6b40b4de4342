import { Field, Int, ObjectType } from "type-graphql";
import { connectionOf } from "../../platform/graphql/connection.js";
import { City } from "../cities/index.js";
import { Event } from "../events/index.js";

/** Derived from the shifts and promises: nobody types it in. */
@ObjectType({
  description:
    "How far peacekeepers are found: sums over shifts that are OPEN or CLOSED. Of a city or campaign those of events that are approved, and neither postponed, cancelled nor deleted.",
})
export class StaffingCoverage {
  @Field(() => Int, { description: "How many events are counted." })
  events!: number;
  @Field(() => Int, { description: "How many shifts there are." })
  shifts!: number;
  @Field(() => Int, { description: "How many shifts have fewer confirmed than they need." })
  underMinimum!: number;
  @Field(() => Int, { description: "How many are needed at least." })
  needed!: number;
  @Field(() => Int, { description: "How many there is room for." })
  capacity!: number;
  @Field(() => Int, {
    description: "How many organizations have promised that are verified or host the event; not all of them are named.",
  })
  promised!: number;
  @Field(() => Int, { description: "How many of the promised are named; not all of them have a place." })
  named!: number;
  @Field(() => Int, { description: "How many places are held, also those that are offered or wait for a yes." })
  taken!: number;
  @Field(() => Int, { description: "How many places are held that can be counted on." })
  confirmed!: number;
  @Field(() => Int, { description: "How many are there now: checked in." })
  onDuty!: number;
  @Field(() => Int, {
    description:
      "How many are missing: of each shift what it needs and has not confirmed; more at one do not help another.",
  })
  gap!: number;
}

@ObjectType({ description: "An event on the board of a campaign." })
export class EventStaffing {
  @Field(() => Event, { description: "The event." })
  event!: Event;
  @Field(() => StaffingCoverage, { description: "How far its peacekeepers are found." })
  staffing!: StaffingCoverage;
}

@ObjectType({ description: "A city on the board of a campaign." })
export class CityStaffing {
  @Field(() => City, { description: "The city." })
  city!: City;
  @Field(() => StaffingCoverage, { description: "How far peacekeepers are found for the campaign's events there." })
  staffing!: StaffingCoverage;
}

export const EventStaffingConnection = connectionOf("EventStaffing", () => EventStaffing, { counted: true });
export const CityStaffingConnection = connectionOf("CityStaffing", () => CityStaffing, { counted: true });
