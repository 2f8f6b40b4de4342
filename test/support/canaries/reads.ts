import { getNamedType, type GraphQLField, type GraphQLObjectType, isCompositeType } from "graphql";
import { theSchema } from "../../../src/app/schema.js";
import { everythingBelow, halves, wholeField } from "../selection.js";
import { nodePolicies } from "../matrix/nodes.js";
import type { Role } from "../matrix/people.js";
import type { Caller } from "../world.js";
import { kinds } from "./events.js";
import type { Canaries } from "./index.js";

/** One operation, and the name that a leak is told by. */
export interface Read {
  name: string;
  query: string;
  variables: object;
  /** It asks for several things, of which one that is refused would take the others with it: none may be. */
  together?: true;
}

/**
 * The ids that a role asks for, by type: the things of the matrix, and those of each event here. Whoever has the id of an
 * unlisted event may open it: others do not have it.
 */
function idsFor({ open, hidden, events }: Canaries, role: Role): Record<string, string[]> {
  const had = events.filter(({ kind }) => kind !== "unlisted" || kinds["unlisted"]!.knows.includes(role));
  const Event = [open.event, open.twin, hidden.event, hidden.twin, ...had.map(({ id }) => id)];
  const more: Record<string, string[]> = {
    Coverage: [open.suggestion, ...had.map(({ suggestion }) => suggestion)],
    Endorsement: [open.asked],
    Event,
    Organization: [open.other, open.ours, open.coHost, open.invited, open.second],
    ReviewItem: Event.map((id) => id.replace("event", "review_item")),
    ShiftSignup: [open.requested, open.held, ...had.map(({ signup }) => signup)],
  };
  const things: Partial<Record<string, string>>[] = [open, hidden, ...had];
  const named = Object.entries(nodePolicies).map(([type, { of }]): [string, string[]] => {
    const ids = things.flatMap((thing) => thing[of] ?? []);
    return [type, [...new Set([...ids, ...(more[type] ?? [])])]];
  });
  return Object.fromEntries(named);
}

const fieldsOf = (type: string): GraphQLField<unknown, unknown>[] =>
  Object.values((theSchema().getType(type) as GraphQLObjectType).getFields());

/** All things of a type by their ids: each of its objects with all below it, and its values together. */
function nodeReads(type: string, ids: string[]): Read[] {
  const read = (name: string, selection: string): Read => ({
    name: `${type}.${name}`,
    query: `query($ids: [ID!]!) { nodes(ids: $ids) { ... on ${type} { ${selection} } } }`,
    variables: { ids },
  });
  const objects = fieldsOf(type).filter((field) => isCompositeType(getNamedType(field.type)));
  const below = objects
    .map((field) => read(field.name, wholeField(field, 2)))
    .filter(({ query }) => !/\{ +\}/.test(query));
  return [
    read(
      "*",
      fieldsOf(type)
        .map((field) => wholeField(field, 0))
        .join(" "),
    ),
    ...below,
  ];
}

const chunks = <Value>(values: Value[], size: number): Value[][] =>
  values.length === 0 ? [] : [values.slice(0, size), ...chunks(values.slice(size), size)];

/** What fields of the query are asked with, by the name of the argument, and of the field. */
const argued: Record<string, (ids: Record<string, string[]>, slugs: string[]) => string[]> = {
  of: ({ Event = [], Campaign = [], Organization = [] }) => [...Event, ...Campaign, ...Organization],
  campaignId: ({ Campaign = [] }) => Campaign,
  eventId: ({ Event = [] }) => Event,
  dispatchId: ({ DispatchPledge = [] }) => DispatchPledge,
  organizationId: ({ Organization = [] }) => Organization,
  signupId: ({ ShiftSignup = [] }) => ShiftSignup,
  slug: (_ids, slugs) => slugs,
  "eventImport id": ({ EventImport = [] }) => EventImport,
  "event id": ({ Event = [] }) => Event,
  "removedEvent id": ({ Event = [] }) => Event,
  // By ids everything is read as nodes; changes and clusters have reads of their own.
  "node id": () => [],
  "nodes ids": () => [],
  since: () => [],
  within: () => [],
};

function rootReads(ids: Record<string, string[]>, slugs: string[]): Read[] {
  return fieldsOf("Query").flatMap((field): Read[] => {
    const { name, args, type } = field;
    // What is tied to oneself one may take along, by ids that lead nowhere where the thing is hidden by now.
    if (name === "exportMyData") return [];
    const required = args.find((arg) => String(arg.type).endsWith("!"));
    if (!required) return [{ name, query: `{ ${wholeField(field, 2)} }`, variables: {} }];
    const give = argued[`${name} ${required.name}`] ?? argued[required.name];
    if (!give) throw new Error(`Say in "argued" what ${name}(${required.name}:) is asked with.`);
    const values = give(ids, slugs);
    const inner = getNamedType(type) as GraphQLObjectType;
    const nodes = inner.name.endsWith("Connection");
    const selection = nodes
      ? `{ pageInfo { endCursor } nodes ${everythingBelow(getNamedType(inner.getFields()["nodes"]!.type), 1)} }`
      : everythingBelow(inner, 1);
    const one = (value: string, index: number): string =>
      `a${index}: ${name}(${required.name}: "${value}") ${selection}`;
    // Where one that is refused takes the others with it, each is asked alone.
    const together = String(type).endsWith("!") ? 1 : 5;
    return chunks(values, together).map((some) => ({ name, query: `{ ${some.map(one).join(" ")} }`, variables: {} }));
  });
}

/** A field of the query with some filters, each by itself, in one operation. */
function filtered(field: string, filters: object[], rest: string): Read {
  const given = filters.map((_filter, index) => `$f${index}: EventFilter`).join(", ");
  const fields = filters.map((_filter, index) => `f${index}: ${field}(filter: $f${index}, ${rest}`).join(" ");
  const variables = Object.fromEntries(filters.map((filter, index) => [`f${index}`, filter]));
  return { name: `${field} by filter`, query: `query(${given}) { ${fields} }`, variables, together: true };
}

/** Lists that are searched for words, and narrowed by everything that a hidden event is. */
function filterReads({ open, hidden }: Canaries, words: string[]): Read[] {
  const filters: object[] = [
    {},
    { campaignId: open.campaign },
    { campaignId: hidden.campaign },
    { cityId: open.city },
    { region: "MN" },
    { on: "2026-01-23" },
    { types: ["RALLY"] },
    { occurrence: ["SCHEDULED"] },
    { from: "2026-01-01", to: "2026-12-31" },
    { organizationId: open.organization },
    { within: { north: 90, south: -90, east: 180, west: -180 } },
    { near: { latitude: 45, longitude: -93, withinKm: 20_000 } },
    ...words.map((search) => ({ search })),
  ];
  const list = `first: 100) { pageInfo { startCursor endCursor } edges { distanceKm } nodes { id title identifiers } }`;
  const clusters = `within: { north: 90, south: -90, east: 180, west: -180 }, zoom: 20)
    { count bounds { west north } turnout { low } openPlaces event { id title location { venue latitude } } }`;
  return [
    ...chunks(filters, 20).map((some) => filtered("events", some, list)),
    // The most that one operation may cost.
    ...chunks(filters, 4).map((some) =>
      filtered(
        "eventClusters",
        some.map((filter) => ({ ...filter, within: undefined })),
        clusters,
      ),
    ),
  ];
}

/** These things by their ids, and whatever else can be asked for with them. */
export const readsOf = (ids: Record<string, string[]>, slugs: string[]): Read[] => [
  ...Object.entries(ids).flatMap(([type, some]) => nodeReads(type, some)),
  ...rootReads(ids, slugs),
];

/** Everything that can be read, asked for by a role. */
export function allReads(canaries: Canaries, role: Role, since: string): Read[] {
  const ids = idsFor(canaries, role);
  const slugs = [canaries.open.campaignSlug, canaries.open.organizationSlug, ...canaries.marks.words("slug")];
  const changes = `{ changes(since: "${since}", first: 100) { changes { id kind topic node { ... on Event { title } } } } }`;
  return [
    ...readsOf(ids, slugs),
    ...filterReads(canaries, [...canaries.marks.words("title"), ...canaries.marks.words("venue")]),
    { name: "changes", query: changes, variables: {} },
  ];
}

/** Asks them, some at a time, and has each answer looked at; gives those that were refused as such. */
export async function readAll(caller: Caller, reads: Read[], look: (name: string, text: string) => void) {
  const queue = [...reads];
  const refused = new Set<string>();
  const worker = async (): Promise<void> => {
    for (let read = queue.pop(); read; read = queue.pop()) {
      const { name, query, variables, together } = read;
      const { code, message, body } = await caller.run(query, variables);
      if (code === "QUERY_TOO_LARGE") queue.push(...halves(query).map((half) => ({ name, query: half, variables })));
      else if (together ? code !== "OK" : !usual.has(code)) refused.add(`${name}: ${code} ${message}`);
      look(name, JSON.stringify(body));
    }
  };
  await Promise.all(Array.from({ length: 6 }, worker));
  return [...refused];
}

const usual = new Set(["OK", "FORBIDDEN", "NOT_FOUND", "UNAUTHENTICATED"]);
