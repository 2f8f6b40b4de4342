import { badInputs, type FieldFault } from "../errors.js";

/** What a query string says, and what is wrong with it. */
interface Parameters<Name extends string> {
  given: Partial<Record<Name, string>>;
  faults: FieldFault[];
}

/** The parameters of a query string; one that would change nothing is a fault, for its sender expects that it does. */
export function parametersOf<Name extends string>(query: unknown, known: readonly Name[]): Parameters<Name> {
  const entries = Object.entries(query as Record<string, unknown>);
  const faults = entries.flatMap(([path, value]) => {
    if (!known.some((name) => name === path))
      return [{ path, reason: `is not known here; known are ${known.join(", ") || "none"}` }];
    return typeof value === "string" ? [] : [{ path, reason: "must be given once" }];
  });
  const bad = new Set(faults.map(({ path }) => path));
  const given = Object.fromEntries(entries.filter(([name]) => !bad.has(name))) as Parameters<Name>["given"];
  return { given, faults };
}

/** An answer must not be a hundred times as long as the request. */
const faultsTold = 20;

/** Refuses a request for its parameters, all faults at once, as far as anybody makes so many. */
export function refuseFaults(faults: FieldFault[]): void {
  if (faults.length > 0) throw badInputs(faults.slice(0, faultsTold));
}
