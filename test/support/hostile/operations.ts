import { type Hostile, phone, unreadable, unresolved } from "./case.js";

export const unreadables: Hostile[] = [
  unreadable("an empty document", ""),
  unreadable("space and comments alone", "  # nothing\n"),
  unreadable("a brace that nobody closes", "{"),
  unreadable("a text that nobody closes", `{ campaign(slug: "${phone}) { id } }`),
  unreadable("a value where a name belongs", `mutation { "${phone}" }`),
  unreadable("no GraphQL at all", `SELECT * FROM people WHERE phone = '${phone}'`),
  unreadable("a NUL outside texts", "{ position \u0000 }"),
  unreadable("half a surrogate pair in a literal", `{ campaign(slug: "\\uD83D") { id } }`),
];

export const unresolvables: Hostile[] = [
  unresolved("two operations and no name", `query A { position } query B { position }`),
  unresolved("a name that no operation has", `query A { position }`, "B"),
  unresolved("a name from the prototype", `query A { position }`, "__proto__"),
  unresolved("a name where the operation has none", `{ position }`, phone),
];
