import { Field, registerEnumType, InterfaceType } from "type-graphql";

/** What a message of a subscription, or a change of the log, says. */
export enum ChangeKind {
  CREATED = "CREATED",
  UPDATED = "UPDATED",
  PUBLISHED = "PUBLISHED",
  REMOVED = "REMOVED",
  RESYNC = "RESYNC",
}
registerEnumType(ChangeKind, {
  name: "ChangeKind",
  description: "What happened.",
  valuesConfig: {
    CREATED: { description: "It is new." },
    UPDATED: { description: "Something about it is different; the message has its present state." },
    PUBLISHED: { description: "From now on everybody can see it." },
    REMOVED: { description: "It is no longer public: deleted, merged into another, or shown to fewer; forget it." },
    RESYNC: {
      description: "The log no longer has everything you missed: read again what you show; messages go on from here.",
    },
  },
});

/** What every message of a subscription has. */
@InterfaceType({ description: "What every message of a subscription has." })
export abstract class Message {
  @Field({
    description:
      "Where this stands in the change log; subscribe again with it as `after` to miss nothing. Positions sort as text and only rise.",
  })
  position!: string;
  @Field(() => ChangeKind, { description: "What happened." })
  kind!: ChangeKind;
}

export const afterDescription =
  "The position of the last message (or of `position` in an answer) that you have: what you missed is told first, each thing once. Left out: from now on.";
