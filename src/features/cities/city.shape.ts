import { fold } from "../../platform/graphql/text.js";
import { readNode } from "../../platform/graphql/node.js";
import { connection, one } from "../../platform/reading/shape.js";

export const cityShape = readNode("City", { table: "cities", fields: {}, visible: () => "true" });

export const cityBySlug = one({
  shape: () => cityShape,
  from: (row, _parent, _scope, args) => ({
    table: `cities ${row}`,
    where: [`${row}.slug = ${args.bind("slug", "text")}`],
  }),
});

export const cityList = connection({
  shape: () => cityShape,
  order: [{ sql: (row) => `${row}.name`, type: "text" }],
  from: (row, _parent, _scope, args) => ({
    table: `cities ${row}`,
    where: [
      ...(args.has("filter.region") ? [`${row}.region = ${args.bind("filter.region", "text")}`] : []),
      ...(args.has("filter.nameStartsWith")
        ? [
            `starts_with(${row}.search_name, ${args.bindAs((value) => fold(value("filter.nameStartsWith") as string), "text")})`,
          ]
        : []),
    ],
  }),
});
