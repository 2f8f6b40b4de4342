import { type FieldNode, getArgumentValues, type GraphQLField } from "graphql";
import { fromGlobalId } from "../database/ids.js";
import type { Args, Run, Scope } from "./shape.js";

type Values = Record<string, unknown>;
type Field = GraphQLField<unknown, unknown>;

const at = (values: unknown, path: string): unknown =>
  path.split(".").reduce<unknown>((value, name) => (value as Values | null | undefined)?.[name], values);

/** The arguments of one field of a selection, for a compilation whose variables have the outline of `example`. */
export const argsOf = (scope: Scope, field: Field, node: FieldNode, example: Values): Args =>
  argsFrom(scope, getArgumentValues(field, node, example), (run) => getArgumentValues(field, node, run.variables));

/** Arguments that nobody wrote into a document: they are the run's variables themselves, of the outline of `example`. */
export const variablesAsArgs = (scope: Scope, example: Values): Args =>
  argsFrom(scope, example, (run) => run.variables);

function argsFrom(scope: Scope, present: Values, valuesOf: (run: Run) => Values): Args {
  const read = new WeakMap<Run, Values>();
  const valuesIn = (run: Run): Values => {
    const values = read.get(run) ?? valuesOf(run);
    read.set(run, values);
    return values;
  };
  const value = (run: Run, path: string): unknown => at(valuesIn(run), path);
  return {
    has: (path) => (at(present, path) ?? null) !== null,
    bind: (path, type) => scope.bind((run) => value(run, path), type),
    bindAs: (make, type) => scope.bind((run) => make((path) => value(run, path)), type),
    id: (path, ofType) => scope.bind((run) => fromGlobalId(ofType, String(value(run, path)), path), "uuid"),
    value,
  };
}

/**
 * What a compiled statement depends on in the variables: which are there, and the booleans (`@include`, `@skip`).
 * Requests with equal outlines share the statement; the values themselves are always parameters.
 */
export function outline(value: unknown): string {
  if (value === null || value === undefined) return "0";
  if (typeof value === "boolean") return value ? "t" : "f";
  if (typeof value !== "object" || value instanceof Date || Array.isArray(value)) return "1";
  return `{${Object.entries(value)
    .map(([name, inner]) => name + outline(inner))
    .join()}}`;
}
