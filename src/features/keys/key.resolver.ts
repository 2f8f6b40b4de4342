import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, Field, FieldResolver, Info, Mutation, ObjectType, Resolver } from "type-graphql";
import type { Context } from "../../platform/context.js";
import { connectionOf, PageArgs } from "../../platform/graphql/connection.js";
import { type Answer, read, Ref } from "../../platform/reading/read.js";
import { ViewerAccount } from "../people/index.js";
import { CreateApiKeyInput, RevokeApiKeyInput } from "./key.inputs.js";
import { ApiKey } from "./key.js";
import { createApiKey, revokeApiKey } from "./key.service.js";
import { keyShape, viewerKeys } from "./key.shape.js";

@ObjectType()
class CreateApiKeyPayload {
  @Field(() => ApiKey, { description: "The key." })
  apiKey!: Ref;
  @Field({
    description:
      "What the program sends as `Authorization: Bearer rgk_…`, or as `token` in the WebSocket's connection_init: `rgk_` and 48 hexadecimal digits. It is told this once; keep it secret.",
  })
  secret!: string;
}

@ObjectType()
class RevokeApiKeyPayload {
  @Field(() => ApiKey, { description: "The key, which is refused from now on." })
  apiKey!: Ref;
}

const ApiKeyConnection = connectionOf("ApiKey", () => ApiKey);

@Resolver(() => ViewerAccount)
export class KeyResolver {
  @Mutation(() => CreateApiKeyPayload, {
    description:
      "Makes a key for a program of yours, which may then read more a minute than the anonymous rate allows. It reads what everybody may read: nothing of yours, and it does nothing for you. At most 10 that are valid: refused with CONFLICT and the reason LIMIT_REACHED.",
  })
  async createApiKey(@Ctx() ctx: Context, @Arg("input") input: CreateApiKeyInput): Promise<CreateApiKeyPayload> {
    const { keyId, secret } = await createApiKey(ctx, input);
    return { apiKey: new Ref(keyShape, keyId), secret };
  }

  @Mutation(() => RevokeApiKeyPayload, {
    description: "Has a key of yours refused, at once and everywhere, and closes its sockets. Again is harmless.",
  })
  async revokeApiKey(@Ctx() ctx: Context, @Arg("input") input: RevokeApiKeyInput): Promise<RevokeApiKeyPayload> {
    const { keyId } = await revokeApiKey(ctx, input);
    return { apiKey: new Ref(keyShape, keyId) };
  }

  @FieldResolver(() => ApiKeyConnection, {
    description: "Your API keys, the newest first; of those that are over the latest 40.",
  })
  async apiKeys(@Ctx() ctx: Context, @Info() info: GraphQLResolveInfo, @Args() _args: PageArgs): Promise<Answer> {
    return (await read(ctx, info, viewerKeys))!;
  }
}
