import type { GraphQLResolveInfo } from "graphql";
import {
  Arg,
  Args,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Info,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
  Subscription,
} from "type-graphql";
import type { Context } from "../../platform/context.js";
import { fromGlobalId, toGlobalId } from "../../platform/database/ids.js";
import { PageArgs } from "../../platform/graphql/connection.js";
import { afterDescription, following, Message } from "../../platform/graphql/live.js";
import { ReadThrough } from "../../platform/graphql/node.js";
import { type Answer, byShape, Ref } from "../../platform/reading/read.js";
import { Campaign } from "../campaigns/index.js";
import { progressOf } from "./import.changes.js";
import { StartImportInput } from "./import.inputs.js";
import { EventImport, EventImportConnection, ImportProblemConnection } from "./import.js";
import { startImport } from "./import.service.js";
import { importShape } from "./import.shape.js";

@ObjectType()
class StartImportPayload {
  @Field(() => EventImport, { description: "The new import; it waits for its file." })
  import!: Ref;
  @Field({
    description:
      "Where to send the file: by PUT, as text/csv in UTF-8 of at most 10 MB, with the same Authorization header. Answers 202, or errors in the form of this API; the same file again is harmless.",
  })
  uploadUrl!: string;
}

@ObjectType({ description: "An import has come further.", implements: Message })
class ImportChangedMessage extends Message {
  @Field(() => EventImport, { nullable: true, description: "The import as it is now; null in a RESYNC." })
  import!: Ref | null;
}

@Resolver()
export class ImportResolver {
  @ReadThrough()
  @Query(() => EventImport, {
    nullable: true,
    description: "The import with this id; null when there is none, or none that you may see.",
  })
  eventImport(
    @Ctx() ctx: Context,
    @Info() info: GraphQLResolveInfo,
    @Arg("id", () => ID, { description: "The import's id." }) id: string,
  ): Promise<Answer | null> {
    return new Ref(importShape, fromGlobalId("EventImport", id, "id")).read(ctx, info);
  }

  @Mutation(() => StartImportPayload, {
    description:
      "Begins to bring events into a campaign from a CSV file: send the file to `uploadUrl`, follow `importChanged`, then read `problems`. A row that the campaign has an event of changes nothing, so the same file again doubles nothing.",
  })
  async startImport(@Ctx() ctx: Context, @Arg("input") input: StartImportInput): Promise<StartImportPayload> {
    const { importId } = await startImport(ctx, input);
    const uploadUrl = `${ctx.config.publicUrl}/imports/${toGlobalId("EventImport", importId)}`;
    return { import: new Ref(importShape, importId), uploadUrl };
  }

  @Subscription(() => ImportChangedMessage, {
    description: "Tells how far an import has come, to the staff of its campaign.",
    subscribe: following("EventImport", "importId", ({ id, after, viewer }) => progressOf(viewer, id, after)),
  })
  importChanged(
    @Root() message: ImportChangedMessage,
    @Arg("importId", () => ID, { description: "The import to watch, of a campaign whose staff you are." })
    _importId: string,
    @Arg("after", () => String, { nullable: true, description: afterDescription }) _after?: string,
  ): ImportChangedMessage {
    return message;
  }
}

@Resolver(() => EventImport)
export class EventImportProblemsResolver {
  @FieldResolver(() => ImportProblemConnection, { description: "What is wrong with the rejected rows, by line." })
  problems(@Args() _args: PageArgs): never {
    return byShape();
  }
}

@Resolver(() => Campaign)
export class CampaignImportsResolver {
  @FieldResolver(() => EventImportConnection, {
    description: "Its imports, the latest first; none unless you are its staff.",
  })
  imports(@Args() _args: PageArgs): never {
    return byShape();
  }
}
