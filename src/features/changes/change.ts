import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { ChangeKind } from "../../platform/graphql/live.js";
import { Node } from "../../platform/graphql/node.js";
import type { Ref } from "../../platform/reading/read.js";

export enum ChangeTopic {
  EVENT = "EVENT",
  SHIFT = "SHIFT",
  TURNOUT = "TURNOUT",
  CAMPAIGN = "CAMPAIGN",
  ANNOUNCEMENT = "ANNOUNCEMENT",
}
registerEnumType(ChangeTopic, { name: "ChangeTopic", description: "What sort of thing changed." });

@ObjectType({ description: "One committed change: what changed, not what it was; read the node for the present." })
export class Change {
  @Field({ description: "Where this stands in the change log." })
  position!: string;
  @Field(() => ChangeTopic, { description: "What sort of thing changed." })
  topic!: ChangeTopic;
  @Field(() => ChangeKind, { description: "What happened to it." })
  kind!: ChangeKind;
  @Field(() => ID, {
    description: "The campaign, shift or announcement of a CAMPAIGN, SHIFT or ANNOUNCEMENT change, else the event.",
  })
  id!: string;
  @Field(() => Node, {
    nullable: true,
    description: "What has the `id`, as it is now; null when you may not see it, or it is gone.",
  })
  node!: Ref;
}

@ObjectType({ description: "A stretch of the change log." })
export class Changes {
  @Field(() => [Change], { description: "Oldest first; may be empty though `hasMore` is true, when none was for you." })
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
