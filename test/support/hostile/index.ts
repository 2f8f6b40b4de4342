import { type Hostile, invalid } from "./case.js";
import { tooMany } from "./counts.js";
import { notValid } from "./documents.js";
import { tooDeep } from "./form.js";
import { unreadables, unresolvables } from "./operations.js";
import { badPages, tooCostly } from "./pages.js";
import { badVariables } from "./variables.js";

export { type Hostile, phone } from "./case.js";

/** Every one of them fits into a URL of 16 KiB, so that GET can be asked as well. */
export const hostile: Hostile[] = [
  ...tooDeep,
  ...tooMany,
  ...tooCostly,
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
