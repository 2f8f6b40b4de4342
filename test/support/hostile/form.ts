import { type Hostile, large, nested, times } from "./case.js";

/** Fragments, each of which spreads the next one twice; the last has the fields. */
const doubling = (count: number, type: string, open: string, fields: string): string =>
  times(count, (n) => `fragment F${n} on ${type} { ${open} ...F${n + 1} ...F${n + 1} ${open ? "}" : ""} }`) +
  ` fragment F${count} on ${type} { ${fields} }`;

export const tooDeep: Hostile[] = [
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
];
