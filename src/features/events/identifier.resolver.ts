import { Arg, Ctx, FieldResolver, Mutation, Resolver } from "type-graphql";
import type { Context } from "../../platform/context.js";
import { byShape } from "../../platform/reading/read.js";
import { Event } from "./event.js";
import { EventPayload, payload } from "./event.resolver.js";
import { EventIdentifierInput } from "./identifier.inputs.js";
import { addEventIdentifier, removeEventIdentifier } from "./identifier.service.js";

@Resolver(() => Event)
export class EventIdentifierResolver {
  @FieldResolver(() => [String], {
    description:
      "What other systems know it by, as its hosts say: a system, a colon and the id there, such as mobilize:123. Of two events with the same one, one is likely a duplicate.",
  })
  identifiers(): never {
    return byShape();
  }

  @Mutation(() => EventPayload, {
    description:
      "Says what another system knows an event by, of at most 20 such identifiers; again is harmless. The change log tells the event as updated.",
  })
  async addEventIdentifier(@Ctx() ctx: Context, @Arg("input") input: EventIdentifierInput): Promise<EventPayload> {
    return payload(await addEventIdentifier(ctx, input));
  }

  @Mutation(() => EventPayload, {
    description: "Takes an identifier from an event; again is harmless. The change log tells the event as updated.",
  })
  async removeEventIdentifier(@Ctx() ctx: Context, @Arg("input") input: EventIdentifierInput): Promise<EventPayload> {
    return payload(await removeEventIdentifier(ctx, input));
  }
}
