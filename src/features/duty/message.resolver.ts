import { Arg, Args, Ctx, Field, FieldResolver, Mutation, ObjectType, Resolver } from "type-graphql";
import type { Context } from "../../platform/context.js";
import { PageArgs } from "../../platform/graphql/connection.js";
import { byShape, Ref } from "../../platform/reading/read.js";
import { Event } from "../events/index.js";
import { Shift, shiftShape } from "../shifts/index.js";
import { MessageCoordinatorsInput, MessagePeacekeepersInput } from "./message.inputs.js";
import { PeacekeeperMessage, PeacekeeperMessageConnection } from "./message.js";
import { messageCoordinators, messagePeacekeepers } from "./message.service.js";
import { messageShape } from "./message.shape.js";

@ObjectType()
class MessagePeacekeepersPayload {
  @Field(() => PeacekeeperMessage, { description: "The message as it was sent." })
  message!: Ref;
}

@ObjectType()
class MessageCoordinatorsPayload {
  @Field(() => Shift, {
    nullable: true,
    description: "The shift whose coordinators were written to; null when you may no longer see its event.",
  })
  shift!: Ref;
}

@Resolver(() => Event)
export class PeacekeeperMessageResolver {
  @Mutation(() => MessagePeacekeepersPayload, {
    description:
      "Relays a message by mail to the peacekeepers of a shift or an event, or to those on duty: nobody sees another's address, nor who sent it. At most 20 for an event in 24 hours, else refused with LIMIT_REACHED.",
  })
  async messagePeacekeepers(
    @Ctx() ctx: Context,
    @Arg("input") input: MessagePeacekeepersInput,
  ): Promise<MessagePeacekeepersPayload> {
    return { message: new Ref(messageShape, (await messagePeacekeepers(ctx, input)).messageId) };
  }

  @Mutation(() => MessageCoordinatorsPayload, {
    description:
      "Relays your words by mail to those who coordinate your shift, with the name that you gave them but no address; until 24 hours after its end. At most 5 times in 24 hours. Refused with CONFLICT and a reason: NOT_SIGNED_UP, SHIFT_ENDED, LIMIT_REACHED.",
  })
  async messageCoordinators(
    @Ctx() ctx: Context,
    @Arg("input") input: MessageCoordinatorsInput,
  ): Promise<MessageCoordinatorsPayload> {
    return { shift: new Ref(shiftShape, (await messageCoordinators(ctx, input)).shiftId) };
  }

  @FieldResolver(() => PeacekeeperMessageConnection, {
    description:
      "What its coordinators wrote to you as its peacekeeper, or to all where you coordinate it, the latest first; empty for others.",
  })
  peacekeeperMessages(@Args() _args: PageArgs): never {
    return byShape();
  }
}
