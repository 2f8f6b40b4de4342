import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, Field, FieldResolver, ID, Info, Int, Mutation, ObjectType, Resolver } from "type-graphql";
import type { Context } from "../../platform/context.js";
import { toGlobalId } from "../../platform/database/ids.js";
import { ForwardArgs, PageArgs } from "../../platform/graphql/connection.js";
import { type Answer, byShape, read, Ref } from "../../platform/reading/read.js";
import { ViewerAccount } from "../people/index.js";
import { redeliverWebhookDelivery, type Tested, testWebhook } from "./delivery.service.js";
import * as inputs from "./webhook.inputs.js";
import { Webhook, WebhookConnection, WebhookDelivery, WebhookDeliveryConnection } from "./webhook.js";
import * as service from "./webhook.service.js";
import { deliveryShape, viewerWebhooks, webhookShape } from "./webhook.shape.js";
import { WebhookFailure } from "./webhook.values.js";

@ObjectType({ description: "A webhook after a mutation." })
class WebhookPayload {
  @Field(() => Webhook, { description: "The webhook as it is now." })
  webhook!: Ref;
}

@ObjectType({ description: "A webhook, and the secret that is told this once." })
class WebhookSecretPayload extends WebhookPayload {
  @Field({
    description:
      "What messages are signed with, as libraries of Standard Webhooks take it: `whsec_…`. It is told this once; keep it.",
  })
  secret!: string;
}

@ObjectType()
class DeleteWebhookPayload {
  @Field(() => ID, { description: "The id that leads nowhere now." })
  removedId!: string;
}

@ObjectType({ description: "What came of a dry run." })
class TestWebhookPayload implements Tested {
  @Field({ description: "Whether the receiver has answered with a status from 200 to 299." })
  delivered!: boolean;
  @Field(() => Int, { nullable: true, description: "The answer's HTTP status; null without an answer." })
  status!: number | null;
  @Field(() => Int, { description: "How many milliseconds it took." })
  milliseconds!: number;
  @Field(() => WebhookFailure, { nullable: true, description: "Why it was not delivered; null when it was." })
  error!: WebhookFailure | null;
  @Field({ description: "The answer's first 1,000 characters; kept nowhere." })
  answer!: string;
}

@ObjectType()
class RedeliverWebhookDeliveryPayload {
  @Field(() => WebhookDelivery, { description: "The message as it is now." })
  delivery!: Ref;
}

const of = ({ webhookId }: { webhookId: string }): WebhookPayload => ({ webhook: new Ref(webhookShape, webhookId) });

@Resolver()
export class WebhookResolver {
  @Mutation(() => WebhookSecretPayload, {
    description:
      "Has the messages of a subscription posted to an address, with your rights as they are whenever a message is made; at most 20 webhooks. What changes from now on is sent at least once, each thing in its latest state.",
  })
  async createWebhook(
    @Ctx() ctx: Context,
    @Arg("input") input: inputs.CreateWebhookInput,
  ): Promise<WebhookSecretPayload> {
    const made = await service.createWebhook(ctx, input);
    return Object.assign(of(made), { secret: made.secret });
  }

  @Mutation(() => WebhookPayload, {
    description: "Changes a webhook of yours; it goes on where it was. Messages that wait go to the new address.",
  })
  async updateWebhook(@Ctx() ctx: Context, @Arg("input") input: inputs.UpdateWebhookInput): Promise<WebhookPayload> {
    return of(await service.updateWebhook(ctx, input));
  }

  @Mutation(() => WebhookPayload, {
    description: "Sends nothing more through a webhook of yours until `resumeWebhook`. Again is harmless.",
  })
  async pauseWebhook(@Ctx() ctx: Context, @Arg("input") input: inputs.PauseWebhookInput): Promise<WebhookPayload> {
    return of(await service.pauseWebhook(ctx, input));
  }

  @Mutation(() => WebhookPayload, {
    description:
      "Lets a paused webhook go on where it was: what was missed is sent first, or RESYNC where the log no longer has it. Again is harmless.",
  })
  async resumeWebhook(@Ctx() ctx: Context, @Arg("input") input: inputs.ResumeWebhookInput): Promise<WebhookPayload> {
    return of(await service.resumeWebhook(ctx, input));
  }

  @Mutation(() => WebhookSecretPayload, {
    description:
      "Gives a webhook of yours another secret. For 24 hours messages are signed with the one before too: both signatures stand in the header.",
  })
  async rotateWebhookSecret(
    @Ctx() ctx: Context,
    @Arg("input") input: inputs.RotateWebhookSecretInput,
  ): Promise<WebhookSecretPayload> {
    const made = await service.rotateWebhookSecret(ctx, input);
    return Object.assign(of(made), { secret: made.secret });
  }

  @Mutation(() => DeleteWebhookPayload, { description: "Deletes a webhook of yours with its log, at once." })
  async deleteWebhook(
    @Ctx() ctx: Context,
    @Arg("input") input: inputs.DeleteWebhookInput,
  ): Promise<DeleteWebhookPayload> {
    const { webhookId } = await service.deleteWebhook(ctx, input);
    return { removedId: toGlobalId("Webhook", webhookId) };
  }
}

@Resolver()
export class WebhookDeliveryResolver {
  @Mutation(() => TestWebhookPayload, {
    description:
      "Posts a message of the type `webhook.test` to a webhook of yours, signed, now, and tells what came of it; it stands in no log. At most 30 a minute, with `createWebhook` and `updateWebhook`.",
  })
  testWebhook(@Ctx() ctx: Context, @Arg("input") input: inputs.TestWebhookInput): Promise<TestWebhookPayload> {
    return testWebhook(ctx, input);
  }

  @Mutation(() => RedeliverWebhookDeliveryPayload, {
    description:
      "Sends a message again, as it was made and with the same `webhook-id`, whatever became of it; with three days of tries from now.",
  })
  async redeliverWebhookDelivery(
    @Ctx() ctx: Context,
    @Arg("input") input: inputs.RedeliverWebhookDeliveryInput,
  ): Promise<RedeliverWebhookDeliveryPayload> {
    const { deliveryId } = await redeliverWebhookDelivery(ctx, input);
    return { delivery: new Ref(deliveryShape, deliveryId) };
  }
}

@Resolver(() => Webhook)
export class WebhookDeliveriesResolver {
  @FieldResolver(() => WebhookDeliveryConnection, {
    description: "Its messages of the last days, the latest first, and what became of them.",
  })
  deliveries(@Args() _args: ForwardArgs): never {
    return byShape();
  }
}

@Resolver(() => ViewerAccount)
export class ViewerWebhooksResolver {
  @FieldResolver(() => WebhookConnection, { description: "Your webhooks, the latest first." })
  async webhooks(@Ctx() ctx: Context, @Info() info: GraphQLResolveInfo, @Args() _args: PageArgs): Promise<Answer> {
    return (await read(ctx, info, viewerWebhooks))!;
  }
}
