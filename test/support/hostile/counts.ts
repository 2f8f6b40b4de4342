import { claim, type Hostile, large, times } from "./case.js";

export const tooMany: Hostile[] = [
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
];
