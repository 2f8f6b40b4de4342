import type { GraphQLResolveInfo } from "graphql";
import { IsOptional, MaxLength, ValidateNested } from "class-validator";
import { Arg, Args, ArgsType, Ctx, Field, Info, InputType, Query, Resolver } from "type-graphql";
import type { Context } from "../../platform/context.js";
import { PageArgs } from "../../platform/graphql/connection.js";
import { ReadThrough } from "../../platform/graphql/node.js";
import { Text } from "../../platform/graphql/text.js";
import { type Answer, read } from "../../platform/reading/read.js";
import { City, CityConnection } from "./city.js";
import { cityBySlug, cityList } from "./city.shape.js";

@InputType({ description: "Which cities; conditions left out don't limit." })
class CityFilter {
  @Field(() => String, { nullable: true, description: "In this state: its postal abbreviation, such as MN." })
  @IsOptional()
  @MaxLength(10)
  region?: string;
  @Field(() => String, {
    nullable: true,
    description: "Whose name starts so, in any case, with or without accents: at most 100 characters.",
  })
  @IsOptional()
  @Text(0, 100)
  nameStartsWith?: string;
}

@ArgsType()
class CitiesArgs extends PageArgs {
  @Field(() => CityFilter, { nullable: true, description: "Which cities; left out: all." })
  @IsOptional()
  @ValidateNested()
  filter?: CityFilter;
}

@Resolver()
export class CityResolver {
  @ReadThrough()
  @Query(() => City, {
    nullable: true,
    description: "The city with this slug, such as `minneapolis-mn`; null when there is none.",
  })
  city(
    @Ctx() ctx: Context,
    @Info() info: GraphQLResolveInfo,
    @Arg("slug", { description: "The city's name in URLs, such as minneapolis-mn." }) _slug: string,
  ): Promise<Answer | null> {
    return read(ctx, info, cityBySlug);
  }

  @ReadThrough()
  @Query(() => CityConnection, { description: "The cities of the gazetteer, by name." })
  cities(@Ctx() ctx: Context, @Info() info: GraphQLResolveInfo, @Args() _args: CitiesArgs): Promise<Answer | null> {
    return read(ctx, info, cityList);
  }
}
