import { Field, Int, ObjectType } from "type-graphql";
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
import { OneOf } from "../../platform/database/columns.js";
import { connectionOf } from "../../platform/graphql/connection.js";
import { Node } from "../../platform/graphql/node.js";
import { DateTime } from "../../platform/graphql/scalars.js";
import { Person } from "../people/index.js";
import { WebhookDeliveryState, WebhookFailure, WebhookReason, WebhookState } from "./webhook.values.js";

/** A message on its way to a receiver, and what became of it; the message itself is sealed. */
@Entity("webhook_deliveries")
@Index(["webhookId", "createdAt", "position", "id"])
@Index("webhook_deliveries_due_idx", ["webhookId", "nextAt"], { where: "state = 'PENDING'" })
@Index(["createdAt"])
@OneOf("webhook_deliveries", "state", WebhookDeliveryState)
@OneOf("webhook_deliveries", "error", WebhookFailure)
@Check("webhook_deliveries_next_check", "(state = 'PENDING') = (next_at IS NOT NULL)")
@Check("webhook_deliveries_body_check", "body_sealed IS NOT NULL OR error IS NOT NULL")
@ObjectType({
  description:
    "A message to a webhook's receiver; its id is the `webhook-id` that it is sent with, at each try the same.",
  implements: Node,
})
export class WebhookDelivery {
  @PrimaryColumn("uuid") id!: string;

  @ForeignKey(() => Webhook, { onDelete: "CASCADE" })
  @Column("uuid")
  webhookId!: string;

  @Field({ description: "The message's place in the change log; messages can overtake each other on their way." })
  @Column("text")
  position!: string;

  /** Null of what could not be made. */
  @Column("bytea", { nullable: true }) bodySealed!: Buffer | null;

  @Field(() => WebhookDeliveryState, { description: "What became of it." })
  @Column("text")
  state!: WebhookDeliveryState;

  @Field(() => Int, {
    description: "How often it was tried: to be sent, since it was made or sent again by you; before that, to be made.",
  })
  @Column("int", { default: 0 })
  attempts!: number;

  @Field(() => Int, { nullable: true, description: "The HTTP status of the last try's answer; null without one." })
  @Column("int", { nullable: true })
  status!: number | null;

  @Field(() => Int, { nullable: true, description: "How many milliseconds the last try took." })
  @Column("int", { nullable: true })
  milliseconds!: number | null;

  @Field(() => WebhookFailure, { nullable: true, description: "Why the last try did not deliver it." })
  @Column("text", { nullable: true })
  error!: WebhookFailure | null;

  @Field(() => DateTime, { description: "When it was made." })
  @Column("timestamptz")
  createdAt!: Date;

  /** When the three days began in which it is tried. */
  @Column("timestamptz") triedFrom!: Date;

  @Field(() => DateTime, { nullable: true, description: "When it was last tried." })
  @Column("timestamptz", { nullable: true })
  triedAt!: Date | null;

  @Column("timestamptz", { nullable: true }) nextAt!: Date | null;

  /** Until then some node is sending it: one that was killed meanwhile holds it no longer. */
  @Column("timestamptz", { nullable: true }) heldUntil!: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: "When it is tried next, or was to be while it is being sent; null when it is not PENDING.",
  })
  nextTryAt!: Date | null;
}

export const WebhookDeliveryConnection = connectionOf("WebhookDelivery", () => WebhookDelivery);

/** Where the messages of a subscription are posted, with the rights of whoever has made it. */
@Entity("webhooks")
@Index(["personId", "createdAt", "id"])
@OneOf("webhooks", "state", WebhookState)
@OneOf("webhooks", "reason", WebhookReason)
@Check("webhooks_stopped_check", "(state = 'ACTIVE') = (reason IS NULL)")
@ObjectType({
  description: "An address to which the messages of a subscription are posted, signed; only you see yours.",
  implements: Node,
})
export class Webhook {
  @PrimaryColumn("uuid") id!: string;

  @ForeignKey(() => Person, { onDelete: "CASCADE" })
  @Column("uuid")
  personId!: string;

  @Field({ description: "What you call it." })
  @Column("text")
  name!: string;

  @Field({ description: "Where messages are posted to." })
  @Column("text")
  url!: string;

  @Field({ description: "The subscription whose messages are sent." })
  @Column("text")
  document!: string;

  @Field({ description: "The subscription's variables: a JSON object, as text." })
  @Column("text")
  variables!: string;

  @Field(() => WebhookState, { description: "Whether it works." })
  @Column("text")
  state!: WebhookState;

  @Field(() => WebhookReason, { nullable: true, description: "Why it is not active; null when it is." })
  @Column("text", { nullable: true })
  reason!: WebhookReason | null;

  @Field({ description: "Of every change up to this position the message has been made." })
  @Column("text")
  position!: string;

  /** What the server's key makes the secret of: no table holds a secret. */
  @Column("text") seed!: string;
  @Column("text", { nullable: true }) oldSeed!: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description: "Until when messages are signed with the earlier secret too; null when there is none.",
  })
  @Column("timestamptz", { nullable: true })
  oldSecretUntil!: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: "Since when nothing was delivered that was tried; null when the last try delivered.",
  })
  @Column("timestamptz", { nullable: true })
  failingSince!: Date | null;

  /** Since when its document is not admitted, on some node: while a new version is rolled out the others still do. */
  @Column("timestamptz", { nullable: true }) refusedSince!: Date | null;

  /** Until then some node makes its messages: one that was killed meanwhile holds it no longer. */
  @Column("timestamptz", { nullable: true }) makingUntil!: Date | null;

  @Field(() => DateTime, { description: "When you made it." })
  @Column("timestamptz")
  createdAt!: Date;

  @Field(() => Int, {
    description:
      "How many messages wait to be delivered. At 500 no more are made until some are: the log keeps the rest.",
  })
  pending!: number;

  @Field(() => DateTime, {
    nullable: true,
    description:
      "Since when the next message could not be made: what follows waits for it, until it is left out. Why is said by `deliveries`; null when nothing is amiss.",
  })
  notMadeSince!: Date | null;
}

export const WebhookConnection = connectionOf("Webhook", () => Webhook);
