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

const times = (count: number, part: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => part(index)).join(" ");
const nested = (levels: number, open: string, inner: string, close = "}"): string =>
  open.repeat(levels) + inner + close.repeat(levels);

const large = (reason: string, name: string, query: string, rest: Partial<Hostile> = {}): Hostile => ({
  name,
  query,
  code: "QUERY_TOO_LARGE",
  reason,
  ...rest,
});
const invalid = (name: string, query: string, rest: Partial<Hostile> = {}): Hostile => ({
  name,
  query,
  code: "GRAPHQL_VALIDATION_FAILED",
  ...rest,
});
const unreadable = (name: string, query: string): Hostile => ({ name, query, code: "GRAPHQL_PARSE_FAILED" });
const badInput = (name: string, query: string, variables: object = {}, reason?: string): Hostile => ({
  name,
  query,
  variables,
  code: "BAD_USER_INPUT",
  ...(reason ? { reason } : {}),
});
const badPage = (name: string, query: string, variables: object = {}): Hostile =>
  badInput(name, query, variables, "PAGE_SIZE");
const unresolved = (name: string, query: string, operationName?: string): Hostile => ({
  name,
  query,
  ...(operationName === undefined ? {} : { operationName }),
  code: "OPERATION_RESOLUTION_FAILURE",
});

const claim = `claimShift(input: { shiftId: "x" }) { __typename }`;
const draft = `mutation ($input: DraftEventInput!) { draftEvent(input: $input) { event { id } } }`;
const draftInput = { campaignId: "x", cityId: "x", type: "RALLY", title: "Rally" };
/** Fragments, each of which spreads the next one twice; the last has the fields. */
const doubling = (count: number, type: string, open: string, fields: string): string =>
  times(count, (n) => `fragment F${n} on ${type} { ${open} ...F${n + 1} ...F${n + 1} ${open ? "}" : ""} }`) +
  ` fragment F${count} on ${type} { ${fields} }`;

const tooLarge: Hostile[] = [
  large(
    "TOO_DEEP",
    "levels of fields that exist",
    `{ events { nodes { ${nested(7, "shifts { nodes { event { ", "id", "} } }")} } } }`,
  ),
  large("TOO_DEEP", "600 levels of fields that don't exist", nested(600, "{a", "{a}")),
  large(
    "TOO_DEEP",
    "levels spread over fragments",
    `{ events { nodes { ...F0 } } } ${times(15, (n) => `fragment F${n} on Event { campaign { id } city { id } shifts { nodes { event { ...F${n + 1} } } } }`)} fragment F15 on Event { id }`,
  ),
  large(
    "TOO_DEEP",
    "levels in inline fragments",
    `{ events { nodes { ${nested(7, "... on Event { shifts { nodes { event { ", "id", "} } } }")} } } }`,
  ),
  large(
    "TOO_DEEP",
    "a mutation's answer",
    `mutation { claimShift(input: { shiftId: "x" }) { ${nested(5, "shift { event { shifts { nodes { event { shifts { nodes { ", "id", "} } } } } } }")} } }`,
  ),
  large(
    "TOO_DEEP",
    "a subscription's message",
    `subscription { eventChanged(campaignId: "x") { event { ${nested(6, "shifts { nodes { event { ", "id", "} } }")} } } }`,
  ),
  large("TOO_DEEP", "introspection by ofType", `{ __type(name: "Query") { ${nested(100, "ofType { ", "name")} } }`),
  large(
    "TOO_DEEP",
    "introspection by ofType in fragments",
    `{ __schema { queryType { ...F0 } } } ${times(10, (n) => `fragment F${n} on __Type { ofType { ofType { ...F${n + 1} } } }`)} fragment F10 on __Type { name }`,
  ),
  large(
    "TOO_COSTLY",
    "fragments that double",
    `{ events { nodes { ...F0 } } } ${doubling(30, "Event", "", "id title")}`,
  ),
  large("TOO_COSTLY", "fragments that double, on the root", `{ ...F0 } ${doubling(25, "Query", "", "position")}`),
  large(
    "TOO_COSTLY",
    "fragments that double, and nobody spreads",
    `{ position } ${doubling(25, "Query", "", "position")}`,
  ),
  large("TOO_COSTLY", "one field 1,100 times", `{ events { nodes { ${"id ".repeat(1_100)} } } }`),
  large(
    "TOO_COSTLY",
    "one object field 380 times, each with fields to compare",
    `{ events { nodes { ${"city{id name}".repeat(380)} } } }`,
  ),
  large("TOO_MANY_TOKENS", "900 aliases", `{ ${times(900, (n) => `a${n}:position`)} }`),
  large("TOO_MANY_TOKENS", "500 aliased mutations", `mutation { ${times(500, (n) => `a${n}:signOut{signedOut}`)} }`),
  large("TOO_MANY_TOKENS", "3,000 names that don't exist", `{ ${"a ".repeat(3_000)} }`),
  large("TOO_MANY_TOKENS", "3,000 directives", `{ position ${"@a".repeat(3_000)} }`),
  large("TOO_DEEP", "1,900 brackets that nobody closes", "{a(b:".concat("[".repeat(1_900))),
  large("TOO_DEEP", "a list of 900 levels", `{ nodes(ids: ${nested(900, "[", '"x"', "]")}) { id } }`),
  large("TOO_DEEP", "an object of 400 levels", `{ events(filter: ${nested(400, "{within:", "1")}) { nodes { id } } }`),
  large("TOO_DEEP", "inline fragments of 300 levels", nested(300, "{...", "{position}")),
  large("TOO_DEEP", "a variable's type of 300 levels", `query ($x: ${nested(300, "[", "ID", "]")}) { position }`),
  large("TOO_MANY_ALIASES", "60 aliases", `{ ${times(60, (n) => `a${n}: position`)} }`),
  large("TOO_MANY_ALIASES", "60 aliased mutations", `mutation { ${times(60, (n) => `a${n}: signOut { signedOut }`)} }`),
  large(
    "TOO_MANY_ALIASES",
    "60 aliases under a field",
    `{ events { nodes { ${times(60, (n) => `a${n}: turnout { low }`)} } } }`,
  ),
  large(
    "TOO_MANY_ALIASES",
    "12 aliases, spread five times",
    `{ ${times(5, (n) => `a${n}: events { nodes { ...F } }`)} } fragment F on Event { ${times(12, (n) => `b${n}: id`)} }`,
  ),
  large(
    "TOO_MANY_ALIASES",
    "60 aliases in introspection",
    `{ __schema { types { ${times(60, (n) => `a${n}: name`)} } } }`,
  ),
  large(
    "TOO_MANY_ALIASES",
    "introspection that multiplies by aliases",
    `{ __schema { types { ${times(20, (n) => `a${n}: fields { type { ${times(10, (m) => `b${m}: fields { name }`)} } }`)} } } }`,
  ),
  large("ALIAS_TOO_LONG", "an alias of 61 characters", `{ ${"a".repeat(61)}: position }`),
  large("ALIAS_TOO_LONG", "an alias of 5,000 characters in a mutation", `mutation { ${"a".repeat(5_000)}: ${claim} }`),
  large(
    "ALIAS_TOO_LONG",
    "a long alias in a subscription",
    `subscription { ${"a".repeat(61)}: eventChanged(campaignId: "x") { kind } }`,
  ),
  large("TOO_MANY_ROOT_FIELDS", "21 root fields", `{ ${times(21, (n) => `a${n}: position`)} }`),
  large("TOO_MANY_ROOT_FIELDS", "21 mutations", `mutation { ${times(21, (n) => `a${n}: ${claim}`)} }`),
  large(
    "TOO_MANY_ROOT_FIELDS",
    "21 root fields in a fragment",
    `{ ...F } fragment F on Query { ${times(21, (n) => `a${n}: position`)} }`,
  ),
  large(
    "TOO_MANY_ROOT_FIELDS",
    "21 mutations in inline fragments",
    `mutation { ${times(3, (n) => `... { ${times(7, (m) => `a${n}${m}: ${claim}`)} }`)} }`,
  ),
  large("TOO_COSTLY", "pages in pages", `{ events(first: 100) { nodes { shifts(first: 100) { nodes { id } } } } }`),
  large(
    "TOO_COSTLY",
    "pages in pages, by variables",
    `query ($n: Int!, $m: Int!) { events(first: $n) { nodes { shifts(last: $m) { edges { node { event { id } } } } } } }`,
    { variables: { n: 100, m: 60 } },
  ),
  large(
    "TOO_COSTLY",
    "pages in pages, by defaults of variables",
    `query ($n: Int = 100) { events(first: $n) { nodes { shifts(first: $n) { nodes { id } } } } }`,
  ),
  large(
    "TOO_COSTLY",
    "lists in lists without pages",
    `{ nodes(ids: [${'"x" '.repeat(100)}]) { ... on Event { hosts { organization { id } } shifts { nodes { event { hosts { role } } } } } } }`,
  ),
  large(
    "TOO_COSTLY",
    "20 roots of a full page each",
    `{ ${times(20, (n) => `a${n}: events(first: 100) { nodes { city { id } campaign { id } turnout { low } location { venue } hosts { role } } }`)} }`,
  ),
  large(
    "TOO_COSTLY",
    "what has changed, with lists in it",
    `{ changes(since: "x", first: 100) { changes { node { ... on Event { shifts(first: 100) { nodes { id } } } } } } }`,
  ),
  large(
    "TOO_COSTLY",
    "a subscription's message of pages in pages",
    `subscription { eventChanged(campaignId: "x") { event { shifts(first: 100) { nodes { event { shifts(first: 100) { nodes { id } } } } } } } }`,
  ),
];

const badPages: Hostile[] = [
  badPage("a page of a million", `{ events(first: 1000000) { nodes { id } } }`),
  badPage("a page of 101, by a variable", `query ($n: Int) { events(first: $n) { nodes { id } } }`, { n: 101 }),
  badPage("a page of 1,000, by a variable's default", `query ($n: Int = 1000) { events(first: $n) { nodes { id } } }`),
  badPage("a page of 1,000 inside another", `{ events(first: 1) { nodes { shifts(last: 1000) { nodes { id } } } } }`),
  badPage(
    "a page of 1,000 in a fragment",
    `{ events { ...F } } fragment F on EventConnection { nodes { shifts(first: 1000) { nodes { id } } } }`,
  ),
  badPage(
    "a page of 1,000 in a mutation's answer",
    `mutation { submitEvent(input: { eventId: "x" }) { event { shifts(first: 1000) { nodes { id } } } } }`,
  ),
  badPage(
    "a page of 1,000 in a subscription's message",
    `subscription { eventChanged(campaignId: "x") { event { shifts(first: 1000) { nodes { id } } } } }`,
  ),
  badPage("an empty page", `{ events(first: 0) { nodes { id } } }`),
  badPage("a negative page", `{ events(first: -1) { nodes { id } } }`),
  badPage("a negative page, by a variable", `query ($n: Int!) { campaigns(last: $n) { nodes { id } } }`, {
    n: -2_147_483_648,
  }),
  badPage("first and last together", `{ events(first: 5, last: 5) { nodes { id } } }`),
  badPage("a thousand changes", `{ changes(since: "x", first: 1000) { position } }`),
  badPage("1,000 ids", `{ nodes(ids: [${'"x" '.repeat(1_000)}]) { id } }`),
  badPage("1,000 ids, by a variable", `query ($ids: [ID!]!) { nodes(ids: $ids) { id } }`, {
    ids: Array(1_000).fill("x"),
  }),
];

const notValid: Hostile[] = [
  invalid("a field that doesn't exist", `{ peopleWithPhoneNumbers { id } }`),
  invalid("a field whose name is 10,000 characters", `{ ${"a".repeat(10_000)} }`),
  invalid("a type that doesn't exist", `query ($x: Nothing) { position }`),
  invalid("an argument that doesn't exist", `{ events(limit: 10) { nodes { id } } }`),
  invalid("an argument given twice", `{ events(first: 1, first: 2) { nodes { id } } }`),
  invalid("a literal of the wrong type", `{ events(first: "${phone}") { nodes { id } } }`),
  invalid(
    "a literal of 10,000 characters of the wrong type",
    `{ events(first: "${phone.repeat(800)}") { nodes { id } } }`,
  ),
  invalid("an enum value that doesn't exist", `{ events(filter: { types: [FESTIVAL] }) { nodes { id } } }`),
  invalid(
    "an input's field that doesn't exist",
    `mutation { claimShift(input: { shiftId: "x", phone: "${phone}" }) { __typename } }`,
  ),
  invalid("a date that doesn't exist", `{ events(filter: { endsAfter: "${phone}" }) { nodes { id } } }`),
  invalid("a selection on a scalar", `{ position { id } }`),
  invalid("no selection on an object", `{ viewer }`),
  invalid("aliases that clash", `{ a: events(first: 1) { nodes { id } } a: events(first: 2) { nodes { id } } }`),
  invalid("a fragment that spreads itself", `{ viewer { ...F } } fragment F on Viewer { email ...F }`),
  invalid(
    "fragments that spread each other",
    `{ events { nodes { ...A } } } fragment A on Event { ...B } fragment B on Event { ...A }`,
  ),
  invalid(
    "a cycle of fragments through fields",
    `{ events { nodes { ...A } } } fragment A on Event { shifts { nodes { event { ...A } } } }`,
  ),
  invalid("a fragment that doesn't exist", `{ ...Nowhere }`),
  invalid("a fragment that nobody spreads", `{ position } fragment F on Event { id }`),
  invalid("a fragment and no operation", `fragment F on Event { id }`),
  invalid("a fragment on a type that cannot be there", `{ viewer { ... on Event { id } } }`),
  invalid("the same directive 150 times", `{ position ${"@skip(if:false)".repeat(150)} }`),
  invalid("a directive that doesn't exist", `{ position @cache(forever: true) }`),
  invalid("@defer", `{ ... @defer { position } }`),
  invalid("@stream", `{ events { nodes @stream(initialCount: 1) { id } } }`),
  invalid("a variable that nobody declared", `{ events(first: $n) { nodes { id } } }`),
  invalid("a variable that nobody uses", `query ($n: Int) { position }`),
  invalid("a variable of a type that cannot be there", `query ($n: String) { events(first: $n) { nodes { id } } }`),
  invalid("a variable of an output type", `query ($e: Event) { position }`),
  invalid(
    "a variable's default of the wrong type",
    `query ($n: Int = "${phone}") { events(first: $n) { nodes { id } } }`,
  ),
  invalid(
    "introspection by fields of fields",
    `{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }`,
  ),
  invalid(
    "introspection by possible types",
    `{ __type(name: "Node") { possibleTypes { interfaces { possibleTypes { interfaces { name } } } } } }`,
  ),
  invalid("several operations without a name", `{ position } { position }`),
  invalid("operations of one name", `query A { position } query A { position }`),
  invalid("a schema's definition", `type Query { all: String }`),
  invalid(
    "a subscription with two root fields",
    `subscription { a: eventChanged(campaignId: "x") { kind } b: eventChanged(campaignId: "y") { kind } }`,
  ),
  invalid(
    "a subscription with two root fields in a fragment",
    `subscription { ...F } fragment F on Subscription { a: eventChanged(campaignId: "x") { kind } b: turnoutChanged(campaignId: "y") { kind } }`,
  ),
  invalid(
    "a subscription that skips its field",
    `subscription { eventChanged(campaignId: "x") @skip(if: true) { kind } }`,
  ),
  {
    ...invalid(
      "a subscription that skips its field by a variable",
      `subscription ($b: Boolean!) { eventChanged(campaignId: "x") @skip(if: $b) { kind } }`,
    ),
    variables: { b: true },
  },
  invalid("a subscription to introspection", `subscription { __typename }`),
  invalid("a NUL in a literal", `{ campaign(slug: "a\\u0000b") { id } }`),
  invalid(
    "a NUL in a mutation's literal",
    `mutation { requestSignInCode(input: { email: "\\u{0}@x.org" }) { expiresInSeconds } }`,
  ),
];

const unreadables: Hostile[] = [
  unreadable("an empty document", ""),
  unreadable("space and comments alone", "  # nothing\n"),
  unreadable("a brace that nobody closes", "{"),
  unreadable("a text that nobody closes", `{ campaign(slug: "${phone}) { id } }`),
  unreadable("a value where a name belongs", `mutation { "${phone}" }`),
  unreadable("no GraphQL at all", `SELECT * FROM people WHERE phone = '${phone}'`),
  unreadable("a NUL outside texts", "{ position \u0000 }"),
  unreadable("half a surrogate pair in a literal", `{ campaign(slug: "\\uD83D") { id } }`),
];

const unresolvables: Hostile[] = [
  unresolved("two operations and no name", `query A { position } query B { position }`),
  unresolved("a name that no operation has", `query A { position }`, "B"),
  unresolved("a name from the prototype", `query A { position }`, "__proto__"),
  unresolved("a name where the operation has none", `{ position }`, phone),
];

const badVariables: Hostile[] = [
  badInput("a variable of the wrong type", `query ($n: Int) { events(first: $n) { nodes { id } } }`, { n: phone }),
  badInput("a list where one is meant", `query ($n: Int) { events(first: $n) { nodes { id } } }`, { n: [phone] }),
  badInput(
    "an enum value that doesn't exist, by a variable",
    `query ($t: [EventType!]) { events(filter: { types: $t }) { nodes { id } } }`,
    { t: [phone] },
  ),
  badInput("a variable left out", `query ($id: ID!) { event(id: $id) { id } }`),
  badInput("null where a value is needed", `query ($id: ID!) { event(id: $id) { id } }`, { id: null }),
  badInput(
    "null for a variable with a default, where a value is needed",
    `query ($id: ID = "x") { event(id: $id) { id } }`,
    { id: null },
  ),
  badInput(
    "null for a scalar's argument with a default",
    `query ($name: String = "Query") { __type(name: $name) { name } }`,
    { name: null },
  ),
  badInput("null in @include", `query ($b: Boolean = true) { campaigns @include(if: $b) { nodes { id } } }`, {
    b: null,
  }),
  badInput(
    "null in @skip in a fragment",
    `query ($b: Boolean = true) { events { nodes { ...F } } } fragment F on Event { id @skip(if: $b) }`,
    { b: null },
  ),
  badInput(
    "null in an input's literal",
    `query ($c: ID, $w: Float = 1) { events(filter: { campaignId: $c, within: { north: $w, south: 1, east: 1, west: 1 } }) { nodes { id } } }`,
    { c: phone, w: null },
  ),
  badInput("unknown keys that hold personal data", draft, {
    input: { ...draftInput, [phone]: 1, Ana_Garcia_6125550199: phone },
  }),
  badInput("a text where an input belongs", draft, { input: phone }),
  badInput("an input of the wrong types", draft, {
    input: { campaignId: {}, cityId: [phone], type: phone, title: { phone }, latitude: phone, startsAt: phone },
  }),
  badInput("an empty input", draft, { input: {} }),
  badInput("a NUL in a variable", `query ($s: String!) { campaign(slug: $s) { id } }`, { s: "a\u0000b" }),
  badInput("a NUL deep in an input", draft, { input: { ...draftInput, addressLines: ["1 Main St", "a\u0000b"] } }),
  badInput("half a surrogate pair in a variable", `query ($s: String!) { campaign(slug: $s) { id } }`, {
    s: "a\ud83d",
  }),
  badInput("__proto__ in an input", draft, {
    input: JSON.parse(
      `{ "campaignId": "x", "cityId": "x", "type": "RALLY", "title": "Rally", "__proto__": { "polluted": "${phone}" } }`,
    ),
  }),
  badInput("constructor in an input", draft, {
    input: { ...draftInput, constructor: { prototype: { polluted: phone } } },
  }),
  badInput(
    "a required variable that is only in the prototype",
    `query ($__proto__: ID!, $toString: ID!) { a: event(id: $__proto__) { id } b: event(id: $toString) { id } }`,
  ),
  badInput("a number beyond 32 bits", `query ($n: Int) { events(first: $n) { nodes { id } } }`, { n: 6_125_550_199 }),
  badInput("a fraction of a page", `query ($n: Int) { events(first: $n) { nodes { id } } }`, { n: 1.5 }),
  badInput("a subscription's id left out", `subscription ($id: ID!) { eventChanged(campaignId: $id) { kind } }`),
];

/** Every one of them fits into a URL of 16 KiB, so that GET can be asked as well. */
export const hostile: Hostile[] = [
  ...tooLarge,
  ...badPages,
  ...notValid,
  ...unreadables,
  ...unresolvables,
  ...badVariables,
];

/** Refused only where introspection is switched off. */
export const introspections: Hostile[] = [
  invalid("the schema", `{ __schema { types { name } } }`),
  invalid("a type", `{ __type(name: "Query") { name } }`),
  invalid("a type in a fragment", `{ ...F } fragment F on Query { __type(name: "Query") { name } }`),
];
