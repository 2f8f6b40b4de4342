import { IsOptional, Length } from "class-validator";
import { Field, ID, InputType } from "type-graphql";
import { RepeatableInput } from "../../platform/graphql/repeatable.js";
import { Text } from "../../platform/graphql/text.js";

const urlDescription =
  "Where messages are posted to: an https address at a public name, on port 443 or 8443, without user and password. All addresses of the name must be of the public internet, now and whenever something is sent.";
const documentDescription =
  "The subscription whose messages are sent, at most 20,000 characters. Admitted, or refused, as over a WebSocket.";
const variablesDescription =
  "Its variables: a JSON object as text, at most 10,000 characters. With `after` among its arguments, the messages after that position are sent first.";

@InputType()
export class CreateWebhookInput extends RepeatableInput {
  @Field({ description: "What you call it: 1 to 100 characters." })
  @Text(1, 100)
  name!: string;

  @Field({ description: urlDescription })
  @Length(1, 2_000)
  url!: string;

  @Field({ description: documentDescription })
  @Length(1, 20_000)
  document!: string;

  @Field({ defaultValue: "{}", description: variablesDescription })
  @Length(2, 10_000)
  variables!: string;
}

@InputType()
export class UpdateWebhookInput extends RepeatableInput {
  @Field(() => ID, { description: "The webhook, one of yours." })
  webhookId!: string;

  @Field(() => String, { nullable: true, description: "What you call it: 1 to 100 characters. Left out: as it is." })
  @IsOptional()
  @Text(1, 100)
  name?: string | null;

  @Field(() => String, { nullable: true, description: `${urlDescription} Left out: as it is.` })
  @IsOptional()
  @Length(1, 2_000)
  url?: string | null;

  @Field(() => String, {
    nullable: true,
    description: `${documentDescription} It goes on where the one before was. Left out: as it is.`,
  })
  @IsOptional()
  @Length(1, 20_000)
  document?: string | null;

  @Field(() => String, { nullable: true, description: "Its variables: a JSON object as text. Left out: as they are." })
  @IsOptional()
  @Length(2, 10_000)
  variables?: string | null;
}

@InputType()
class OfWebhookInput extends RepeatableInput {
  @Field(() => ID, { description: "The webhook, one of yours." })
  webhookId!: string;
}

@InputType()
export class PauseWebhookInput extends OfWebhookInput {}

@InputType()
export class ResumeWebhookInput extends OfWebhookInput {}

@InputType()
export class DeleteWebhookInput extends OfWebhookInput {}

@InputType()
export class RotateWebhookSecretInput extends OfWebhookInput {}

@InputType()
export class TestWebhookInput {
  @Field(() => ID, { description: "The webhook, one of yours." })
  webhookId!: string;
}

@InputType()
export class RedeliverWebhookDeliveryInput extends RepeatableInput {
  @Field(() => ID, { description: "The message, of a webhook of yours." })
  deliveryId!: string;
}
