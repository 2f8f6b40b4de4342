import { Arg, Ctx, Field, FieldResolver, Mutation, ObjectType, Resolver } from "type-graphql";
import { type Context, signedIn } from "../../platform/context.js";
import { Ref } from "../../platform/reading/read.js";
import { cityShape } from "../cities/index.js";
import { ViewerAccount } from "../people/index.js";
import { Peacekeeper } from "./peacekeeper.js";
import { UpdatePeacekeeperInput } from "./peacekeeper.inputs.js";
import { peacekeeperOf, updatePeacekeeper } from "./peacekeeper.service.js";

@ObjectType()
class PeacekeeperPayload {
  @Field(() => Peacekeeper, { description: "What you tell of yourself now." })
  peacekeeper!: object;
}

async function opened(ctx: Context): Promise<object> {
  const { nameSealed, phoneSealed, cityId, onCall } = await peacekeeperOf(ctx, signedIn(ctx).personId);
  const open = (sealed: Buffer | null): string | null => sealed && ctx.secrets.open(sealed);
  return { name: open(nameSealed), phone: open(phoneSealed), city: cityId && new Ref(cityShape, cityId), onCall };
}

@Resolver(() => ViewerAccount)
export class PeacekeeperResolver {
  @Mutation(() => PeacekeeperPayload, {
    description: "Sets what you tell coordinators of yourself; what is left out stays, null clears it.",
  })
  async updatePeacekeeper(
    @Ctx() ctx: Context,
    @Arg("input") input: UpdatePeacekeeperInput,
  ): Promise<PeacekeeperPayload> {
    await updatePeacekeeper(ctx, input);
    return { peacekeeper: await opened(ctx) };
  }

  @FieldResolver(() => Peacekeeper, { description: "What you tell the coordinators of your shifts of yourself." })
  peacekeeper(@Ctx() ctx: Context): Promise<object> {
    return opened(ctx);
  }
}
