import { Field, Float, Int, ObjectType } from "type-graphql";
import { Event } from "../events/index.js";

@ObjectType({ description: "The smallest rectangle around some events." })
export class EventBounds {
  @Field(() => Float, { description: "Western edge: degrees east." })
  west!: number;
  @Field(() => Float, { description: "Southern edge: degrees north." })
  south!: number;
  @Field(() => Float, { description: "Eastern edge: degrees east; never below `west`." })
  east!: number;
  @Field(() => Float, { description: "Northern edge: degrees north." })
  north!: number;
}

@ObjectType({ description: "How many people came to some events, where that is published." })
export class ClusterTurnout {
  @Field(() => Int, {
    nullable: true,
    description: "At least so many, all events added up; null while none has a number.",
  })
  low!: number | null;
  @Field(() => Int, { nullable: true, description: "At most so many; null while none has a number." })
  high!: number | null;
  @Field(() => Int, { description: "How many of the events have a published number." })
  reporting!: number;
}

@ObjectType({ description: "Public events that are close to each other on a map of some zoom, or a single one." })
export class EventCluster {
  @Field(() => Int, { description: "How many events it stands for." })
  count!: number;
  @Field(() => Float, { description: "Degrees north: the event's public point, or the mean of them." })
  latitude!: number;
  @Field(() => Float, { description: "Degrees east: the event's public point, or the mean of them." })
  longitude!: number;
  @Field(() => EventBounds, { description: "The smallest rectangle around the events' public points." })
  bounds!: EventBounds;
  @Field(() => ClusterTurnout, { description: "How many people came, all events added up." })
  turnout!: ClusterTurnout;
  @Field(() => Int, { description: "How many places for peacekeepers are free, on open shifts that are not over." })
  openPlaces!: number;
  @Field(() => Event, { nullable: true, description: "The event, where `count` is 1." })
  event!: Event | null;
}
