import { Arg, Args, Ctx, Field, FieldResolver, Mutation, ObjectType, Resolver } from "type-graphql";
import type { Context } from "../../platform/context.js";
import { PageArgs } from "../../platform/graphql/connection.js";
import { byShape, Ref } from "../../platform/reading/read.js";
import { Organization } from "../organizations/index.js";
import { CampaignOrganizationInput } from "./campaign.inputs.js";
import { Campaign } from "./campaign.js";
import { EndorsementInput } from "./endorsement.inputs.js";
import { Endorsement, EndorsementConnection } from "./endorsement.js";
import {
  acceptEndorsement,
  declineEndorsement,
  type EndorsementAnswer,
  inviteEndorsement,
  withdrawEndorsement,
} from "./endorsement.service.js";
import { endorsementShape } from "./endorsement.shape.js";

@ObjectType({ description: "An endorsement after a mutation." })
class EndorsementPayload {
  @Field(() => Endorsement, { description: "The endorsement as it is now." })
  endorsement!: Ref;
}

const payload = ({ endorsementId }: EndorsementAnswer): EndorsementPayload => ({
  endorsement: new Ref(endorsementShape, endorsementId),
});

@Resolver(() => Campaign)
export class EndorsementResolver {
  @FieldResolver(() => EndorsementConnection, { description: "Who endorses it, by name of the organization." })
  endorsements(@Args() _args: PageArgs): never {
    return byShape();
  }

  @FieldResolver(() => EndorsementConnection, {
    description: "Who endorsed it once and does no longer, by name of the organization; see `history` for when.",
  })
  formerEndorsements(@Args() _args: PageArgs): never {
    return byShape();
  }

  @FieldResolver(() => EndorsementConnection, {
    description:
      "Who was asked and has not answered, or said no, by name of the organization; for the campaign's staff, empty for everybody else.",
  })
  endorsementInvitations(@Args() _args: PageArgs): never {
    return byShape();
  }

  @Mutation(() => EndorsementPayload, {
    description:
      "Asks an organization to endorse an open campaign, by its staff; also again after a no or a withdrawal. Invited or endorsed already: harmless.",
  })
  async inviteEndorsement(
    @Ctx() ctx: Context,
    @Arg("input") input: CampaignOrganizationInput,
  ): Promise<EndorsementPayload> {
    return payload(await inviteEndorsement(ctx, input));
  }

  @Mutation(() => EndorsementPayload, {
    description:
      "Says yes to an invitation, by an admin of the organization: from then on its name is public. Again is harmless.",
  })
  async acceptEndorsement(@Ctx() ctx: Context, @Arg("input") input: EndorsementInput): Promise<EndorsementPayload> {
    return payload(await acceptEndorsement(ctx, input));
  }

  @Mutation(() => EndorsementPayload, {
    description:
      "Says no to an invitation, by an admin of the organization; that it was asked stays unknown. Again is harmless.",
  })
  async declineEndorsement(@Ctx() ctx: Context, @Arg("input") input: EndorsementInput): Promise<EndorsementPayload> {
    return payload(await declineEndorsement(ctx, input));
  }

  @Mutation(() => EndorsementPayload, {
    description:
      "Ends an endorsement, by an admin of the organization or the campaign's staff; the history says which. Again is harmless.",
  })
  async withdrawEndorsement(@Ctx() ctx: Context, @Arg("input") input: EndorsementInput): Promise<EndorsementPayload> {
    return payload(await withdrawEndorsement(ctx, input));
  }
}

@Resolver(() => Organization)
export class OrganizationEndorsementsResolver {
  @FieldResolver(() => EndorsementConnection, { description: "What it endorses, the latest campaign first." })
  endorsements(@Args() _args: PageArgs): never {
    return byShape();
  }

  @FieldResolver(() => EndorsementConnection, {
    description:
      "What it was asked to endorse and has not answered, or said no to, the latest campaign first; for its admins, empty for everybody else.",
  })
  endorsementInvitations(@Args() _args: PageArgs): never {
    return byShape();
  }
}
