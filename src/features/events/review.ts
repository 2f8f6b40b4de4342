import { Field, ID, ObjectType } from "type-graphql";
import { connectionOf } from "../../platform/graphql/connection.js";
import { Node } from "../../platform/graphql/node.js";
import { DateTime } from "../../platform/graphql/scalars.js";
import { Event } from "./event.js";

/** Read from the event's own row. */
@ObjectType({ description: "An event that waits for the campaign's staff; only they see it.", implements: Node })
export class ReviewItem {
  id!: string;

  @Field(() => Event, { description: "What waits; its `likelyDuplicates` help to decide." })
  event!: Event;
  @Field(() => DateTime, { description: "Since when it waits: submitted, or changed after its approval." })
  waitingSince!: Date;
  @Field(() => [String], {
    description: "The fields that were changed after its approval; none when it was not approved yet.",
  })
  unreviewedFields!: string[];
  @Field(() => ID, {
    nullable: true,
    description: "Who of the staff looks at it, as in `campaignStaff`; null: nobody.",
  })
  heldBy!: string | null;
  @Field(() => DateTime, { nullable: true, description: "Since when; after 30 minutes others may take it." })
  heldSince!: Date | null;
}

export const ReviewItemConnection = connectionOf("ReviewItem", () => ReviewItem, { counted: true });

@ObjectType({ description: "What remains of an event that was public: its tombstone." })
export class RemovedEvent {
  @Field(() => ID, { description: "The id that the event had." })
  id!: string;
  @Field(() => DateTime, { description: "When it was deleted or merged." })
  removedAt!: Date;
  @Field(() => String, { nullable: true, description: "Why, as its hosts say; null when it was merged." })
  removedReason!: string | null;
  @Field(() => Event, { nullable: true, description: "The event that it was merged into." })
  mergedInto!: Event | null;
}
