import { IsOptional, Max, Min, ValidateNested } from "class-validator";
import { Args, ArgsType, Ctx, Field, Int, Query, Resolver } from "type-graphql";
import type { Context } from "../../platform/context.js";
import { Costs } from "../../platform/graphql/costs.js";
import { BoundingBox, EventFilter } from "../events/index.js";
import { EventCluster } from "./cluster.js";
import { clustersOf } from "./cluster.service.js";
import { mostZoom } from "./tile.js";

@ArgsType()
class ClustersArgs {
  @Field(() => BoundingBox, { description: "What the map shows." })
  @ValidateNested()
  within!: BoundingBox;

  @Field(() => Int, {
    description:
      "The zoom of the map, from 0 to 20: at 0 a tile is the whole world, and each zoom halves its sides. Events within an eighth of a tile's side are counted together.",
  })
  @Min(0, { message: "must be from 0 to 20" })
  @Max(mostZoom, { message: "must be from 0 to 20" })
  zoom!: number;

  @Field(() => EventFilter, {
    nullable: true,
    description: "Which events; left out: all that are public. Its own `within` is refused.",
  })
  @IsOptional()
  @ValidateNested()
  filter?: EventFilter;
}

/** They come from memory; what many screens show is counted, not what one could. */
const items = 500;

@Resolver()
export class MapResolver {
  @Costs(() => ({ items }))
  @Query(() => [EventCluster], {
    description:
      "The public events of a box for a map, close ones put together; the same for everybody, and at most a second old. Each event is counted once, so that the counts of a box add up to the same at each zoom. Refused beyond 2,500 clusters (TOO_MANY_CLUSTERS), with the zoom that would do.",
  })
  eventClusters(@Ctx() ctx: Context, @Args() { within, zoom, filter }: ClustersArgs): Promise<EventCluster[]> {
    return clustersOf(ctx, within, zoom, filter);
  }
}
