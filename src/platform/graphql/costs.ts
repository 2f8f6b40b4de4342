import type { GraphQLField } from "graphql";
import { Extensions } from "type-graphql";

type Values = Record<string, unknown>;

/** What a field costs that its type does not tell. */
export interface OwnCosts {
  /** How many items its list holds. */
  items?: number;
  /** So many objects as would take as long to read, beside those that are answered. */
  more?: number;
}

/** Says what a field costs with these arguments, for the limit on operations. */
export const Costs = (of: (args: Values) => OwnCosts): MethodDecorator & PropertyDecorator => Extensions({ costs: of });

export const ownCosts = ({ extensions }: GraphQLField<unknown, unknown>, args: Values): OwnCosts =>
  (extensions["costs"] as ((args: Values) => OwnCosts) | undefined)?.(args) ?? {};
