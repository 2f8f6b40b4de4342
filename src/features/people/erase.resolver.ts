import { Arg, Ctx, Field, Mutation, ObjectType, Query, Resolver } from "type-graphql";
import { type Context, signedIn } from "../../platform/context.js";
import { rateLimit } from "../../platform/limits/rate.js";
import { EraseMyDataInput } from "./erase.inputs.js";
import { eraseMyData, exportMyData } from "./erase.service.js";

@ObjectType({ description: "Everything that is tied to you here." })
class DataExport {
  @Field({
    description: "A JSON object with a list for each kind of record; instants in UTC, ids as elsewhere in this API.",
  })
  json!: string;
}

@ObjectType()
class EraseMyDataPayload {
  @Field({ description: "True: nothing is tied to you any more, and your tokens are no longer valid." })
  erased!: boolean;
}

// For one person, a minute: it reads all tables.
const exportLimit = rateLimit(10);

@Resolver()
export class EraseResolver {
  @Query(() => DataExport, { description: "Everything that is tied to you here; only you can ask for it." })
  async exportMyData(@Ctx() ctx: Context): Promise<DataExport> {
    await exportLimit(ctx, signedIn(ctx).personId);
    return { json: await exportMyData(ctx) };
  }

  @Mutation(() => EraseMyDataPayload, {
    description:
      "Erases your account and everything that is tied to you, for good. Places that you hold go to the next in line; counts stay, and what you made for others (events, reports, links) no longer says by whom. Refused with CONFLICT while you are an organization's last owner (LAST_OWNER) and it has other members, or a campaign's last staff before it is closed (LAST_STAFF).",
  })
  eraseMyData(@Ctx() ctx: Context, @Arg("input") input: EraseMyDataInput): Promise<EraseMyDataPayload> {
    return eraseMyData(ctx, input);
  }
}
