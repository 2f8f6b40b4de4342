import { Arg, Ctx, Extensions, Field, ID, Info, InterfaceType, Query, Resolver } from "type-graphql";
import type { GraphQLResolveInfo } from "graphql";
import type { Context } from "../context.js";
import { isPrefixOf, parseGlobalId, globalIdSql } from "../database/ids.js";
import { badInput, ErrorReason } from "../errors.js";
import { type Answer, Ref, typeNameOf } from "../reading/read.js";
import { allNodeShapes, nodeShape, type NodeShape } from "../reading/shape.js";

/** Everything that has an id. */
@InterfaceType("Node", { description: "Everything that has an id.", resolveType: typeNameOf })
export abstract class Node {
  @Field(() => ID, { description: "Opaque; shows neither when it was made nor how many there are." })
  id!: string;
}

/** Declares how a type of nodes is read; its `id` is the client's. */
export const readNode = (type: string, rest: Omit<NodeShape, "type">): NodeShape =>
  nodeShape(type, { ...rest, fields: { id: (row) => globalIdSql(type, `${row}.id`), ...rest.fields } });

/** A reference to the thing of a client's id; refuses what is no id. */
function refTo(id: string, path: string): Ref | null {
  const parsed = parseGlobalId(id);
  if (!parsed) throw badInput(path, "is not an id of this API", ErrorReason.ID_INVALID);
  for (const shape of allNodeShapes()) if (isPrefixOf(shape.type, parsed.prefix)) return new Ref(shape, parsed.id);
  return null;
}

@Resolver()
export class NodeResolver {
  @Query(() => Node, {
    nullable: true,
    description: "The thing with this id; null when there is none, or none that you may see.",
  })
  node(
    @Ctx() ctx: Context,
    @Info() info: GraphQLResolveInfo,
    @Arg("id", () => ID, { description: "The id of a thing of any type." }) id: string,
  ): Promise<Answer | null> | null {
    return refTo(id, "id")?.read(ctx, info) ?? null;
  }

  @Query(() => [Node], {
    nullable: "items",
    description: "The things with these ids (at most 100), in their order; null where `node` is null.",
  })
  nodes(
    @Ctx() ctx: Context,
    @Info() info: GraphQLResolveInfo,
    @Arg("ids", () => [ID], { description: "Ids of things of any type, at most 100." }) ids: string[],
  ): Promise<(Answer | null)[]> {
    return Promise.all(ids.map(async (id) => (await refTo(id, "ids")?.read(ctx, info)) ?? null));
  }
}

/** Marks a query field whose answer is sent through as PostgreSQL wrote it. */
export const ReadThrough = (): MethodDecorator & PropertyDecorator => Extensions({ readThrough: true });
