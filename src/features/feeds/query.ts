import { validateSync } from "class-validator";
import type { Context } from "../../platform/context.js";
import { type FieldFault, Refusal } from "../../platform/errors.js";
import { faultsOf } from "../../platform/graphql/mask.js";
import { parametersOf, refuseFaults } from "../../platform/http/query.js";
import { checkFilter, EventFilter } from "../events/index.js";
import { type Named, namedIn, namedThings, type NamedThings } from "./query.names.js";
import { parameters, Unreadable } from "./query.parameters.js";

/** What a query string asks for. */
export interface Asked {
  /** Which events, but for what is named. */
  filter: EventFilter;
  /** Slugs or ids of a campaign, a city, an organization. */
  names: Named;
  /** Parameters that are not about which events. */
  more: Partial<Record<string, string>>;
  /** The same for query strings that ask for the same events. */
  key: string;
}

/**
 * Reads a query string; `more` are parameters of the route's own, `path` is what its path names already. Refuses all faults
 * at once, each by its parameter.
 */
export function askedOf(query: unknown, more: readonly string[] = [], path: Named = {}): Asked {
  const nameable = Object.keys(namedThings).filter((name) => !(name in path));
  const known = [...nameable, ...Object.keys(parameters), ...more];
  const { given, faults } = parametersOf(query, known);
  const values = Object.entries(given as Record<string, string>);
  const empty = values.filter(([, value]) => value.trim() === "").map(([path]) => ({ path, reason: emptySays(known) }));
  const filled = values.filter(([, value]) => value.trim() !== "");
  const filter = new EventFilter();
  const unreadable = filled.flatMap(([name, value]) => fill(filter, name, value));
  const read = [...faults, ...empty, ...unreadable, ...unpaired(given)];
  refuseFaults(read.length > 0 ? read : wrongIn(filter));
  const part = (names: readonly string[]) => Object.fromEntries(filled.filter(([name]) => names.includes(name)));
  const events = [...filled.filter(([name]) => !more.includes(name)), ...Object.entries(path)];
  const key = JSON.stringify(events.sort(([one], [other]) => (one < other ? -1 : 1)));
  return { filter, names: { ...part(nameable), ...path }, more: part(more), key };
}

const pair = ["near", "within"];

function unpaired(given: object): FieldFault[] {
  const missing = pair.filter((name) => !(name in given));
  return missing.length === 1 ? [{ path: missing[0]!, reason: "is missing: near and within go together" }] : [];
}

const emptySays = (known: string[]): string => `is empty: leave it out; known are ${known.join(", ")}`;

function fill(filter: EventFilter, name: string, value: string): FieldFault[] {
  const parameter = parameters[name];
  if (!parameter) return [];
  try {
    const { field, into: Whole, read } = parameter;
    const said = read(value);
    Object.assign(filter, { [field]: Whole ? Object.assign(filter[field] ?? new Whole(), said) : said });
    return [];
  } catch (error) {
    if (error instanceof Unreadable) return [{ path: name, reason: error.message }];
    throw error;
  }
}

/** What the filter of the GraphQL API refuses, in the words of the query string. */
function wrongIn(filter: EventFilter): FieldFault[] {
  const invalid = validateSync(filter, { forbidUnknownValues: false }).flatMap((fault) => faultsOf(fault, ""));
  if (invalid.length > 0) return invalid.map(asParameter);
  try {
    checkFilter(filter);
    return [];
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return (error.extensions["fields"] as FieldFault[]).map(asParameter);
  }
}

function asParameter({ path, reason }: FieldFault): FieldFault {
  const [field, ...inner] = path.replace(/^filter\./, "").split(".");
  const ofField = Object.entries(parameters).filter(([, parameter]) => parameter.field === field);
  const ofPart = ofField.find(([, { part }]) => part !== undefined && part === inner[0]);
  const said = reason.replace(`each value in ${field} `, "each ");
  if (ofPart) return { path: ofPart[0], reason: said };
  return { path: ofField[0]![0], reason: [...inner, said].join(" ") };
}

/** The filter with what is named, where everybody may know of it. */
export async function filterOf(
  ctx: Context,
  { filter, names }: Asked,
): Promise<{ filter: EventFilter; things: NamedThings }> {
  const things = await namedIn(ctx, names);
  const ids = Object.entries(things).map(([name, thing]) => [namedThings[name as keyof Named].field, thing.id]);
  return { filter: Object.assign(new EventFilter(), filter, Object.fromEntries(ids)), things };
}
