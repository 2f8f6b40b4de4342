/** A request that must be refused before anything of it is executed, and the verdict. */
export interface Hostile {
  name: string;
  query: string;
  variables?: object;
  operationName?: string;
  code: string;
  reason?: string;
}

/** Personal data that no refusal may repeat. */
export const phone = "612-555-0199";

export const times = (count: number, part: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => part(index)).join(" ");
export const nested = (levels: number, open: string, inner: string, close = "}"): string =>
  open.repeat(levels) + inner + close.repeat(levels);

export const large = (reason: string, name: string, query: string, rest: Partial<Hostile> = {}): Hostile => ({
  name,
  query,
  code: "QUERY_TOO_LARGE",
  reason,
  ...rest,
});
export const invalid = (name: string, query: string, rest: Partial<Hostile> = {}): Hostile => ({
  name,
  query,
  code: "GRAPHQL_VALIDATION_FAILED",
  ...rest,
});
export const unreadable = (name: string, query: string): Hostile => ({ name, query, code: "GRAPHQL_PARSE_FAILED" });
export const badInput = (name: string, query: string, variables: object = {}, reason?: string): Hostile => ({
  name,
  query,
  variables,
  code: "BAD_USER_INPUT",
  ...(reason ? { reason } : {}),
});
export const badPage = (name: string, query: string, variables: object = {}): Hostile =>
  badInput(name, query, variables, "PAGE_SIZE");
export const unresolved = (name: string, query: string, operationName?: string): Hostile => ({
  name,
  query,
  ...(operationName === undefined ? {} : { operationName }),
  code: "OPERATION_RESOLUTION_FAILURE",
});

export const claim = `claimShift(input: { shiftId: "x" }) { __typename }`;
export const draft = `mutation ($input: DraftEventInput!) { draftEvent(input: $input) { event { id } } }`;
export const draftInput = { campaignId: "x", cityId: "x", type: "RALLY", title: "Rally" };
