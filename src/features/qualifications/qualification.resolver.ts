import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, Field, FieldResolver, Info, Mutation, ObjectType, Query, Resolver } from "type-graphql";
import type { Context } from "../../platform/context.js";
import { PageArgs } from "../../platform/graphql/connection.js";
import type { Page } from "../../platform/reading/page.js";
import { type Answer, read, Ref } from "../../platform/reading/read.js";
import { ViewerAccount } from "../people/index.js";
import { clearQualification, declineQualification, revokeQualification } from "./qualification.decide.js";
import {
  ClearQualificationInput,
  OrganizationQualificationsArgs,
  QualificationRequestsArgs,
  RefuseQualificationInput,
  RequestQualificationInput,
  WithdrawQualificationRequestInput,
} from "./qualification.inputs.js";
import { organizationQualifications, qualificationRequests } from "./qualification.list.js";
import {
  type QualificationAnswer,
  requestQualification,
  withdrawQualificationRequest,
} from "./qualification.service.js";
import {
  type OrganizationQualification,
  OrganizationQualificationConnection,
  Qualification,
  QualificationConnection,
} from "./qualification.js";
import { qualificationShape, viewerQualifications } from "./qualification.shape.js";

@ObjectType({ description: "A qualification after a mutation." })
class QualificationPayload {
  @Field(() => Qualification, { description: "The qualification as it is now." })
  qualification!: Ref;
}

@ObjectType({ description: "What is left of a qualification whose request was withdrawn." })
class WithdrawQualificationRequestPayload {
  @Field(() => Qualification, {
    nullable: true,
    description: "The qualification as it is now; null when there was nothing but the request.",
  })
  qualification!: Ref;
}

const payload = ({ qualificationId }: QualificationAnswer): QualificationPayload => ({
  qualification: new Ref(qualificationShape, qualificationId),
});

@Resolver(() => ViewerAccount)
export class QualificationResolver {
  @FieldResolver(() => QualificationConnection, {
    description: "What you are cleared for or have asked for, the latest request or decision first.",
  })
  async qualifications(
    @Ctx() ctx: Context,
    @Info() info: GraphQLResolveInfo,
    @Args() _args: PageArgs,
  ): Promise<Answer> {
    return (await read(ctx, info, viewerQualifications))!;
  }

  @Query(() => OrganizationQualificationConnection, {
    description:
      "Who asks an organization to be cleared, the longest first, for its owners and admins. That you have looked is in the audit trail.",
  })
  qualificationRequests(
    @Ctx() ctx: Context,
    @Args() args: QualificationRequestsArgs,
  ): Promise<Page<OrganizationQualification>> {
    return qualificationRequests(ctx, args);
  }

  @Query(() => OrganizationQualificationConnection, {
    description:
      "On whom an organization has decided, the eldest decision first, for its owners and admins. That you have looked is in the audit trail.",
  })
  organizationQualifications(
    @Ctx() ctx: Context,
    @Args() args: OrganizationQualificationsArgs,
  ): Promise<Page<OrganizationQualification>> {
    return organizationQualifications(ctx, args);
  }

  @Mutation(() => QualificationPayload, {
    description:
      "Asks a verified organization to clear you, or to renew that from 30 days before it expires on; its admins are told by mail. Again changes your name only. Refused with CONFLICT and a reason: ORGANIZATION_NOT_VERIFIED, LIMIT_REACHED (10 requests that wait).",
  })
  async requestQualification(
    @Ctx() ctx: Context,
    @Arg("input") input: RequestQualificationInput,
  ): Promise<QualificationPayload> {
    return payload(await requestQualification(ctx, input));
  }

  @Mutation(() => WithdrawQualificationRequestPayload, {
    description: "Takes your request back; what was decided before stays. Nothing asked for: harmless.",
  })
  async withdrawQualificationRequest(
    @Ctx() ctx: Context,
    @Arg("input") input: WithdrawQualificationRequestInput,
  ): Promise<WithdrawQualificationRequestPayload> {
    return payload(await withdrawQualificationRequest(ctx, input));
  }

  @Mutation(() => QualificationPayload, {
    description:
      "Clears the person, by an admin of the organization, or renews that until another time; they are told by mail. With the same time: harmless. Refused with CONFLICT and a reason: ORGANIZATION_NOT_VERIFIED.",
  })
  async clearQualification(
    @Ctx() ctx: Context,
    @Arg("input") input: ClearQualificationInput,
  ): Promise<QualificationPayload> {
    return payload(await clearQualification(ctx, input));
  }

  @Mutation(() => QualificationPayload, {
    description:
      "Says no to a request, by an admin of the organization; they are told why by mail. A clearance that was to be renewed stands until it expires. Again is harmless. Refused with CONFLICT and a reason: NOT_REQUESTED.",
  })
  async declineQualification(
    @Ctx() ctx: Context,
    @Arg("input") input: RefuseQualificationInput,
  ): Promise<QualificationPayload> {
    return payload(await declineQualification(ctx, input));
  }

  @Mutation(() => QualificationPayload, {
    description:
      "Ends a clearance at once, by an admin of the organization or the site's staff; they are told why by mail. Again is harmless. Refused with CONFLICT and a reason: NOT_CLEARED.",
  })
  async revokeQualification(
    @Ctx() ctx: Context,
    @Arg("input") input: RefuseQualificationInput,
  ): Promise<QualificationPayload> {
    return payload(await revokeQualification(ctx, input));
  }
}
