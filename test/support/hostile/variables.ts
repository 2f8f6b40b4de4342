import { badInput, draft, draftInput, type Hostile, phone } from "./case.js";

export const badVariables: Hostile[] = [
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
