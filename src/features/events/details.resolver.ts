import { Arg, Ctx, ID, Mutation, Query, Resolver } from "type-graphql";
import type { Context } from "../../platform/context.js";
import { fromGlobalId } from "../../platform/database/ids.js";
import { EventContact } from "./contact.js";
import { eventContact } from "./contact.service.js";
import { EventLanguageInput } from "./event.inputs.js";
import { EventPayload, payload } from "./event.resolver.js";
import { addEventLanguage, removeEventLanguage } from "./language.service.js";

@Resolver()
export class EventDetailsResolver {
  @Query(() => EventContact, {
    nullable: true,
    description:
      "Whom to ask about an event: for everybody who sees it where its hosts say so, else for those who manage it, each look being kept in the audit trail. Null when there is none, or none for you.",
  })
  eventContact(
    @Ctx() ctx: Context,
    @Arg("eventId", () => ID, { description: "The event." }) eventId: string,
  ): Promise<EventContact | null> {
    return eventContact(ctx, fromGlobalId("Event", eventId, "eventId"));
  }

  @Mutation(() => EventPayload, {
    description: "Says that a language is spoken at an event, of at most 20; again is harmless.",
  })
  async addEventLanguage(@Ctx() ctx: Context, @Arg("input") input: EventLanguageInput): Promise<EventPayload> {
    return payload(await addEventLanguage(ctx, input));
  }

  @Mutation(() => EventPayload, {
    description: "Takes a language from those spoken at an event; again is harmless.",
  })
  async removeEventLanguage(@Ctx() ctx: Context, @Arg("input") input: EventLanguageInput): Promise<EventPayload> {
    return payload(await removeEventLanguage(ctx, input));
  }
}
