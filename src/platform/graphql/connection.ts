import { ArgsType, Field, Int, ObjectType, type ClassType } from "type-graphql";

@ObjectType({ description: "Where a page stands in its list." })
export class PageInfo {
  @Field({ description: "Whether more items come after this page." })
  hasNextPage!: boolean;
  @Field({ description: "Whether items come before this page, as far as is known without counting." })
  hasPreviousPage!: boolean;
  @Field(() => String, {
    nullable: true,
    description: "Cursor of the first item, for `before`; null when the page is empty.",
  })
  startCursor!: string | null;
  @Field(() => String, {
    nullable: true,
    description: "Cursor of the last item, for `after`; null when the page is empty.",
  })
  endCursor!: string | null;
}

/** Which page of a list that goes forwards only. */
@ArgsType()
export class ForwardArgs {
  @Field(() => Int, {
    nullable: true,
    description: "How many items, counted from the start or from `after`: 1 to 100, 20 unless told.",
  })
  first?: number;
  @Field(() => String, {
    nullable: true,
    description: "Items after the one with this cursor; a cursor of another filter is refused.",
  })
  after?: string;
}

/** Which page of a list: `first`/`after` forwards, `last`/`before` backwards. */
@ArgsType()
export class PageArgs extends ForwardArgs {
  @Field(() => Int, { nullable: true, description: "How many items, counted from the end or from `before`: 1 to 100." })
  last?: number;
  @Field(() => String, {
    nullable: true,
    description: "Items before the one with this cursor; a cursor of another filter is refused.",
  })
  before?: string;
}

interface Extras {
  /** Where counting the whole list is cheap. */
  counted?: boolean;
  /** Gives the edges fields of their own. */
  onEdge?: (edge: object) => void;
}

/** The Relay connection type of a node type. */
export function connectionOf(name: string, node: () => ClassType | object, { counted, onEdge }: Extras = {}) {
  @ObjectType(`${name}Edge`, { description: `An item of a list of type ${name}.` })
  abstract class Edge {
    @Field({ description: "Where the item stands; stays right while items come and go." })
    cursor!: string;
    @Field(() => node() as ClassType, { description: "The item." })
    node!: unknown;
  }
  onEdge?.(Edge.prototype);
  @ObjectType(`${name}Connection`, { description: `A page of a list of type ${name}.` })
  abstract class Connection {
    @Field(() => [Edge], { description: "The items with their cursors." })
    edges!: Edge[];
    @Field(() => [node() as ClassType], { description: "The items alone." })
    nodes!: unknown[];
    @Field(() => PageInfo, { description: "Where the page stands in the list." })
    pageInfo!: PageInfo;
  }
  if (!counted) return Connection;
  Field(() => Int, { description: "How many items the whole list has." })(Connection.prototype, "totalCount");
  return Connection;
}
