import type { LiveSource } from "../changes/reader.js";
import type { Context, Viewer } from "../context.js";
import { fromGlobalId } from "../database/ids.js";
import { badInput } from "../errors.js";
import { type ArgsDictionary, Field, InterfaceType, registerEnumType } from "type-graphql";
import { ChangeKind } from "../changes/kind.js";

export { ChangeKind };
registerEnumType(ChangeKind, {
  name: "ChangeKind",
  description:
    "What happened, the latest of it where several changes are told as one. What to do never depends on it: keep what the message has, and forget what it has not.",
  valuesConfig: {
    CREATED: { description: "It is new: drafted for those concerned; for everybody else public, also once again." },
    UPDATED: { description: "Something about it is different; the message has its present state." },
    PUBLISHED: {
      description: "From now on everybody can see it; of an event this is told to those concerned with it.",
    },
    CANCELLED: { description: "The event was called off; it stays listed, so that people learn of it." },
    MERGED: { description: "The event is part of another now, and is not to be found itself; see `tombstone`." },
    HIDDEN: { description: "It is not to be found any more: private, unlisted, or back in review." },
    DELETED: { description: "The event is gone; see `tombstone`." },
    REMOVED: { description: "The announcement is gone; forget it." },
    RESYNC: {
      description:
        "Not everything that you missed can be told here: ask `changes` with your last position, or read again what you show; messages go on from here.",
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

/** Who subscribes, to what, and from where on. */
interface Asked {
  /** The row id of the thing that the subscription is about. */
  id: string;
  after: string | undefined;
  viewer: Viewer | null;
}

const viewerOf = (context: unknown): Viewer | null => (context as Pick<Context, "viewer">).viewer;

/**
 * The `subscribe` of a field that follows one thing, named by an argument that is its id. type-graphql expects an
 * iterable here; this server's subscriptions read a live source instead (app/subscriptions.ts).
 */
export const following =
  (type: string, argument: string, source: (asked: Asked) => LiveSource) =>
  ({ args, context }: { args: ArgsDictionary; context: unknown }): never => {
    const id = fromGlobalId(type, args[argument], argument);
    return source({ id, after: args["after"], viewer: viewerOf(context) }) as never;
  };

/** The same of a field that follows one thing, or all where the argument is left out. */
export const followingAny =
  (type: string, argument: string, source: (asked: Omit<Asked, "id"> & { id: string | null }) => LiveSource) =>
  (asked: { args: ArgsDictionary; context: unknown }): never =>
    (asked.args[argument] ?? null) === null
      ? (source({ id: null, after: asked.args["after"], viewer: viewerOf(asked.context) }) as never)
      : following(type, argument, source)(asked);

/** The same of a field that follows one of several things: `types` has the type of each argument, of which one is given. */
export const followingOne =
  <Type extends string>(types: Record<string, Type>, source: (asked: Asked & { type: Type }) => LiveSource) =>
  ({ args, context }: { args: ArgsDictionary; context: unknown }): never => {
    const [argument, another] = Object.keys(types).filter((name) => (args[name] ?? null) !== null);
    const names = Object.keys(types).join(", ");
    if (!argument) throw badInput(Object.keys(types)[0]!, `is missing: give one of ${names}`);
    if (another) throw badInput(another, `stands beside ${argument}: give one of ${names}`);
    const type = types[argument]!;
    return following(type, argument, (asked) => source({ ...asked, type }))({ args, context });
  };

export const afterDescription =
  "The position of the last message (or of `position` in an answer) that you have: what you missed is told first, each thing once. Left out: from now on.";
