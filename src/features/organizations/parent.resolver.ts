import { Arg, Args, Ctx, Field, FieldResolver, Mutation, ObjectType, Resolver } from "type-graphql";
import type { Context } from "../../platform/context.js";
import { PageArgs } from "../../platform/graphql/connection.js";
import { byShape, Ref } from "../../platform/reading/read.js";
import { ParentInput } from "./organization.inputs.js";
import { Organization, OrganizationConnection } from "./organization.js";
import { organizationShape } from "./organization.shape.js";
import { acceptLocal, declineLocal, leaveParent, type ParentAnswer, requestParent } from "./parent.service.js";

@ObjectType({ description: "A local and its parent after a mutation." })
class ParentPayload {
  @Field(() => Organization, { description: "The local as it is now." })
  organization!: Ref;
  @Field(() => Organization, { description: "The parent as it is now." })
  parent!: Ref;
}

const payload = ({ localId, parentId }: ParentAnswer): ParentPayload => ({
  organization: new Ref(organizationShape, localId),
  parent: new Ref(organizationShape, parentId),
});

@Resolver(() => Organization)
export class ParentResolver {
  @FieldResolver(() => OrganizationConnection, { description: "Its locals, by consent, by name." })
  locals(@Args() _args: PageArgs): never {
    return byShape();
  }

  @FieldResolver(() => OrganizationConnection, {
    description: "What asks to be its local, by name; only admins of either see it.",
  })
  pendingLocals(@Args() _args: PageArgs): never {
    return byShape();
  }

  @Mutation(() => ParentPayload, {
    description:
      "Asks a parent to take an organization as its local, by the local's admins; a request to another parent is replaced. Refused with CONFLICT and a reason: HAS_PARENT, PARENT_CIRCULAR, PARENT_TOO_DEEP (5 levels).",
  })
  async requestParent(@Ctx() ctx: Context, @Arg("input") input: ParentInput): Promise<ParentPayload> {
    return payload(await requestParent(ctx, input));
  }

  @Mutation(() => ParentPayload, {
    description:
      "Takes an organization that has asked as a local, by the parent's admins; again is harmless. Refused with CONFLICT and a reason: PARENT_NOT_REQUESTED, PARENT_CIRCULAR, PARENT_TOO_DEEP.",
  })
  async acceptLocal(@Ctx() ctx: Context, @Arg("input") input: ParentInput): Promise<ParentPayload> {
    return payload(await acceptLocal(ctx, input));
  }

  @Mutation(() => ParentPayload, {
    description:
      "Says no to an organization that has asked, by the parent's admins; again is harmless. A local that was accepted parts with `leaveParent`.",
  })
  async declineLocal(@Ctx() ctx: Context, @Arg("input") input: ParentInput): Promise<ParentPayload> {
    return payload(await declineLocal(ctx, input));
  }

  @Mutation(() => ParentPayload, {
    description: "Parts a local from its parent, or takes back the request, by admins of either; again is harmless.",
  })
  async leaveParent(@Ctx() ctx: Context, @Arg("input") input: ParentInput): Promise<ParentPayload> {
    return payload(await leaveParent(ctx, input));
  }
}
