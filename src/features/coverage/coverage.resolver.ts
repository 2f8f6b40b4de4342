import { Arg, Args, Ctx, Field, FieldResolver, ID, Mutation, ObjectType, Resolver } from "type-graphql";
import type { Context } from "../../platform/context.js";
import { toGlobalId } from "../../platform/database/ids.js";
import { PageArgs } from "../../platform/graphql/connection.js";
import { byShape, Ref } from "../../platform/reading/read.js";
import { Event } from "../events/index.js";
import { AcceptCoverageInput, AddCoverageInput, RemoveCoverageInput } from "./coverage.inputs.js";
import { Coverage, CoverageConnection } from "./coverage.js";
import { acceptCoverage, addCoverage, type CoverageAnswer, removeCoverage } from "./coverage.service.js";
import { coverageShape } from "./coverage.shape.js";

@ObjectType({ description: "A link after a mutation." })
class CoveragePayload {
  @Field(() => Coverage, {
    nullable: true,
    description: "The link as it is now; null when a repeated call finds it removed.",
  })
  coverage!: Ref;
}

@ObjectType({ description: "Which link is gone." })
class RemovedCoveragePayload {
  @Field(() => ID, { description: "The id that it had." })
  removedId!: string;
}

const payload = ({ coverageId }: CoverageAnswer): CoveragePayload => ({
  coverage: new Ref(coverageShape, coverageId),
});

@Resolver()
export class CoverageResolver {
  @Mutation(() => CoveragePayload, {
    description:
      "Adds a link to a photo, article or video: ACCEPTED at once by those who manage the event, by others SUGGESTED to them. The same link again is harmless. At most 20 open suggestions at an event and 100 links in 24 hours, else CONFLICT with LIMIT_REACHED.",
  })
  async addCoverage(@Ctx() ctx: Context, @Arg("input") input: AddCoverageInput): Promise<CoveragePayload> {
    return payload(await addCoverage(ctx, input));
  }

  @Mutation(() => CoveragePayload, {
    description:
      "Shows a suggestion to whoever sees the event, and settles others of the same link; again is harmless.",
  })
  async acceptCoverage(@Ctx() ctx: Context, @Arg("input") input: AcceptCoverageInput): Promise<CoveragePayload> {
    return payload(await acceptCoverage(ctx, input));
  }

  @Mutation(() => RemovedCoveragePayload, {
    description: "Takes a link away, by those who manage the event or by who added it; again is harmless.",
  })
  async removeCoverage(@Ctx() ctx: Context, @Arg("input") input: RemoveCoverageInput): Promise<RemovedCoveragePayload> {
    return { removedId: toGlobalId("Coverage", (await removeCoverage(ctx, input)).coverageId) };
  }
}

@Resolver(() => Event)
export class EventCoverageResolver {
  @FieldResolver(() => CoverageConnection, {
    description:
      "Links to photos, articles and videos of it, the latest first: the accepted ones, beside them suggestions that are your own, or all when you manage it.",
  })
  coverage(@Args() _args: PageArgs): never {
    return byShape();
  }
}
