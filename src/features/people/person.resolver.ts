import { Arg, Ctx, Field, Mutation, ObjectType, Query, Resolver } from "type-graphql";
import { type Context, signedIn } from "../../platform/context.js";
import { rateLimit } from "../../platform/limits/rate.js";
import { RequestSignInCodeInput, SignInInput } from "./person.inputs.js";
import { ViewerAccount } from "./person.js";
import { emailOf, requestSignInCode, signIn, signOut } from "./person.service.js";

@ObjectType({ description: "The same whether the address is known or not." })
class RequestSignInCodePayload {
  @Field({ description: "How long the code in the mail is valid." })
  expiresInSeconds!: number;
}

@ObjectType()
class SignInPayload {
  @Field({
    description:
      "Send it as `Authorization: Bearer …`, or as `token` in the WebSocket's connection_init. Valid for 30 days; keep it secret.",
  })
  token!: string;
  @Field(() => ViewerAccount, { description: "Who you are now." })
  viewer!: ViewerAccount;
}

@ObjectType()
class SignOutPayload {
  @Field({ description: "True: the token is no longer valid, and its sockets are closed." })
  signedOut!: boolean;
}

// For one caller, a minute: many people may share an address, at a rally above all.
const codeLimit = rateLimit(600);
const signInLimit = rateLimit(600);

@Resolver()
export class PersonResolver {
  @Query(() => ViewerAccount, { nullable: true, description: "You; null when you are not signed in." })
  async viewer(@Ctx() ctx: Context): Promise<ViewerAccount | null> {
    return ctx.viewer ? { email: await emailOf(ctx, ctx.viewer.personId) } : null;
  }

  @Mutation(() => RequestSignInCodePayload, {
    description:
      "Mails a one-time code: at most five an hour for an address, valid for ten minutes and five tries; a new code replaces the one before.",
  })
  async requestSignInCode(
    @Ctx() ctx: Context,
    @Arg("input") input: RequestSignInCodeInput,
  ): Promise<RequestSignInCodePayload> {
    await codeLimit(ctx, ctx.address);
    await requestSignInCode(ctx, input.email);
    return { expiresInSeconds: 600 };
  }

  @Mutation(() => SignInPayload, {
    description: "Trades the mailed code for a token. The first sign-in of an address makes its account.",
  })
  async signIn(@Ctx() ctx: Context, @Arg("input") input: SignInInput): Promise<SignInPayload> {
    await signInLimit(ctx, ctx.address);
    const { token, personId, sessionId } = await signIn(ctx, input.email, input.code);
    // From here on this request is the new viewer's.
    ctx.viewer = await ctx.viewerOf(sessionId);
    return { token, viewer: { email: await emailOf(ctx, personId) } };
  }

  @Mutation(() => SignOutPayload, { description: "Makes the token of this request invalid, at once and everywhere." })
  async signOut(@Ctx() ctx: Context): Promise<SignOutPayload> {
    await signOut(ctx, signedIn(ctx).sessionId);
    return { signedOut: true };
  }
}
