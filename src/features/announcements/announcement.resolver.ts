import {
  Arg,
  Args,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Mutation,
  ObjectType,
  Resolver,
  Root,
  Subscription,
} from "type-graphql";
import type { Context } from "../../platform/context.js";
import { toGlobalId } from "../../platform/database/ids.js";
import { PageArgs } from "../../platform/graphql/connection.js";
import { afterDescription, following, Message } from "../../platform/graphql/live.js";
import { byShape, Ref } from "../../platform/reading/read.js";
import { Event } from "../events/index.js";
import { announcementsOfEvent } from "./announcement.changes.js";
import { AnnounceInput, RemoveAnnouncementInput } from "./announcement.inputs.js";
import { Announcement, AnnouncementConnection } from "./announcement.js";
import { announce, removeAnnouncement } from "./announcement.service.js";
import { announcementShape } from "./announcement.shape.js";

@ObjectType()
class AnnouncePayload {
  @Field(() => Announcement, {
    nullable: true,
    description: "The announcement as it was posted; null when a repeated call finds it removed.",
  })
  announcement!: Ref;
}

@ObjectType({ description: "Which announcement is gone." })
class RemovedAnnouncementPayload {
  @Field(() => ID, { description: "The id that it had." })
  removedId!: string;
}

@ObjectType({ description: "An announcement of the event is posted, or removed.", implements: Message })
class AnnouncementPostedMessage extends Message {
  @Field(() => ID, { nullable: true, description: "The announcement's id; null in a RESYNC." })
  announcementId!: string | null;
  @Field(() => Announcement, {
    nullable: true,
    description: "The announcement; null in a RESYNC, and when it is REMOVED.",
  })
  announcement!: Ref | null;
}

@Resolver()
export class AnnouncementResolver {
  @Mutation(() => AnnouncePayload, {
    description:
      "Tells something to those who follow an event: at most ten times in 24 hours. Refused with CONFLICT and a reason: EVENT_NOT_APPROVED, LIMIT_REACHED.",
  })
  async announce(@Ctx() ctx: Context, @Arg("input") input: AnnounceInput): Promise<AnnouncePayload> {
    return { announcement: new Ref(announcementShape, (await announce(ctx, input)).announcementId) };
  }

  @Mutation(() => RemovedAnnouncementPayload, {
    description: "Takes an announcement away, by those who manage the event; again is harmless.",
  })
  async removeAnnouncement(
    @Ctx() ctx: Context,
    @Arg("input") input: RemoveAnnouncementInput,
  ): Promise<RemovedAnnouncementPayload> {
    return { removedId: toGlobalId("Announcement", (await removeAnnouncement(ctx, input)).announcementId) };
  }

  @Subscription(() => AnnouncementPostedMessage, {
    description: "Tells when an announcement of the event is posted, and when one is removed.",
    subscribe: following("Event", "eventId", ({ id, after }) => announcementsOfEvent(id, after)),
  })
  announcementPosted(
    @Root() message: AnnouncementPostedMessage,
    @Arg("eventId", () => ID, { description: "The event whose announcements to watch." }) _eventId: string,
    @Arg("after", () => String, { nullable: true, description: afterDescription }) _after?: string,
  ): AnnouncementPostedMessage {
    return message;
  }
}

@Resolver(() => Event)
export class EventAnnouncementsResolver {
  @FieldResolver(() => AnnouncementConnection, {
    description: "What those who manage it have announced, the latest first.",
  })
  announcements(@Args() _args: PageArgs): never {
    return byShape();
  }
}
