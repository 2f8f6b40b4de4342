import { Arg, Args, Ctx, Field, FieldResolver, Mutation, ObjectType, Query, Resolver } from "type-graphql";
import type { Context } from "../../platform/context.js";
import { PageArgs } from "../../platform/graphql/connection.js";
import type { Page } from "../../platform/reading/page.js";
import { byShape, Ref } from "../../platform/reading/read.js";
import { Event } from "../events/index.js";
import { Organization } from "../organizations/index.js";
import {
  DispatchNamesArgs,
  NamePeacekeeperInput,
  PromisePeacekeepersInput,
  UnnamePeacekeeperInput,
  WithdrawDispatchInput,
} from "./dispatch.inputs.js";
import type { DispatchAnswer } from "./dispatch.lock.js";
import { promisePeacekeepers, withdrawDispatch } from "./dispatch.service.js";
import { dispatchShape } from "./dispatch.shape.js";
import {
  DispatchPledge,
  DispatchPledgeConnection,
  type NamedPeacekeeper,
  NamedPeacekeeperConnection,
} from "./dispatch.js";
import { dispatchNames } from "./name.list.js";
import { namePeacekeeper, unnamePeacekeeper } from "./name.service.js";

@ObjectType({ description: "A promise of peacekeepers after a mutation." })
class DispatchPayload {
  @Field(() => DispatchPledge, { description: "The promise as it is now." })
  dispatch!: Ref;
}

const payload = ({ dispatchId }: DispatchAnswer): DispatchPayload => ({ dispatch: new Ref(dispatchShape, dispatchId) });

@Resolver()
export class DispatchResolver {
  @Mutation(() => DispatchPayload, {
    description:
      "Promises so many peacekeepers of an organization for an event; again with another count changes it. They are named later. Refused with CONFLICT and a reason: ORGANIZATION_NOT_LISTED, EVENT_CANCELLED, EVENT_ENDED, MORE_ARE_NAMED.",
  })
  async promisePeacekeepers(
    @Ctx() ctx: Context,
    @Arg("input") input: PromisePeacekeepersInput,
  ): Promise<DispatchPayload> {
    return payload(await promisePeacekeepers(ctx, input));
  }

  @Mutation(() => DispatchPayload, {
    description:
      "Takes a promise back, by admins of the organization, or declines it, by the event's coordinators; nobody is named for it any more, and places that were claimed stay. Again is harmless.",
  })
  async withdrawDispatch(@Ctx() ctx: Context, @Arg("input") input: WithdrawDispatchInput): Promise<DispatchPayload> {
    return payload(await withdrawDispatch(ctx, input));
  }

  @Mutation(() => DispatchPayload, {
    description:
      "Names somebody for a promise, who is told by mail; the same whether the address has an account or not, and again is harmless. They still claim a shift themselves: where the organization is `vouched` for, without a confirmation. Refused with CONFLICT and a reason: DISPATCH_FULL, DISPATCH_WITHDRAWN, EVENT_CANCELLED, EVENT_ENDED, LIMIT_REACHED (200 names in 24 hours).",
  })
  async namePeacekeeper(@Ctx() ctx: Context, @Arg("input") input: NamePeacekeeperInput): Promise<DispatchPayload> {
    return payload(await namePeacekeeper(ctx, input));
  }

  @Mutation(() => DispatchPayload, {
    description: "Takes a name back; a place that the person has claimed stays theirs. Again is harmless.",
  })
  async unnamePeacekeeper(@Ctx() ctx: Context, @Arg("input") input: UnnamePeacekeeperInput): Promise<DispatchPayload> {
    return payload(await unnamePeacekeeper(ctx, input));
  }

  @Query(() => NamedPeacekeeperConnection, {
    description: "Who is named for a promise, in the order of naming, for the organization's owners and admins.",
  })
  dispatchNames(@Ctx() ctx: Context, @Args() args: DispatchNamesArgs): Promise<Page<NamedPeacekeeper>> {
    return dispatchNames(ctx, args);
  }
}

@Resolver(() => Event)
export class EventDispatchesResolver {
  @FieldResolver(() => DispatchPledgeConnection, {
    description:
      "What organizations have promised for it, the earliest first, for its coordinators; for admins of an organization their own promise; empty for others.",
  })
  dispatches(@Args() _args: PageArgs): never {
    return byShape();
  }
}

@Resolver(() => Organization)
export class OrganizationDispatchesResolver {
  @FieldResolver(() => DispatchPledgeConnection, {
    description:
      "The peacekeepers that it has promised, the earliest first, for its admins; for coordinators those for their events; empty for others.",
  })
  dispatches(@Args() _args: PageArgs): never {
    return byShape();
  }
}
