import { phone, type Hostile, invalid } from "./case.js";

export const notValid: Hostile[] = [
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
