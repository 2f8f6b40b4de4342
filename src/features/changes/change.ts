import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { ChangeKind } from "../../platform/graphql/live.js";
import { Node } from "../../platform/graphql/node.js";
import type { Ref } from "../../platform/reading/read.js";
import { RemovedEvent } from "../events/index.js";

export enum ChangeTopic {
  EVENT = "EVENT",
  SHIFT = "SHIFT",
  TURNOUT = "TURNOUT",
  CAMPAIGN = "CAMPAIGN",
  ANNOUNCEMENT = "ANNOUNCEMENT",
  ORGANIZATION = "ORGANIZATION",
}
registerEnumType(ChangeTopic, {
  name: "ChangeTopic",
  description: "What sort of thing changed.",
  valuesConfig: {
    EVENT: { description: "An event: what it says itself, its hosts, coverage and training." },
    SHIFT: { description: "A shift, also its places that are taken." },
    TURNOUT: { description: "How many people came to an event." },
    CAMPAIGN: { description: "A campaign, its demands, organizers and endorsements." },
    ANNOUNCEMENT: { description: "An announcement at an event." },
    ORGANIZATION: { description: "An organization: what it says itself, and its parent." },
  },
});

@ObjectType({
  description:
    "What changed, not what it was: keep the `node` where there is one, else forget what has the `id`. See “Staying in step” in the guide.",
})
export class Change {
  @Field({ description: "Where this stands in the change log." })
  position!: string;
  @Field(() => ChangeTopic, { description: "What sort of thing changed." })
  topic!: ChangeTopic;
  @Field(() => ChangeKind, { description: "What happened to it." })
  kind!: ChangeKind;
  @Field(() => ID, {
    description: "The id of the thing that its topic names; of a TURNOUT change the event's.",
  })
  id!: string;
  @Field(() => Node, {
    nullable: true,
    description: "What has the `id`, as it is now; null when you do not find it any more.",
  })
  node!: Ref | null;
  @Field(() => RemovedEvent, {
    nullable: true,
    description: "Of an event that was public and is DELETED or MERGED: when, why, and what it is part of now.",
  })
  tombstone!: Ref | null;
}

@ObjectType({ description: "A stretch of the change log." })
export class Changes {
  @Field(() => [Change], {
    description:
      "Oldest first, of several changes of one thing the latest; may be empty though `hasMore` is true, when none was for you.",
  })
  changes!: Change[];
  @Field({ description: "Call again with this as `since`, or subscribe with it as `after`." })
  position!: string;
  @Field({ description: "Whether more changes wait behind `position`." })
  hasMore!: boolean;
  @Field({
    description: "The log no longer reaches back to `since`: read everything again, then go on from `position`.",
  })
  resync!: boolean;
}
