import { getNamedType, type GraphQLField, type GraphQLObjectType, isCompositeType } from "graphql";
import { theSchema } from "../../../src/app/schema.js";
import { everythingBelow, wholeField } from "../selection.js";
import type { Role } from "../matrix/people.js";
import type { Caller } from "../world.js";
import { kinds } from "./events.js";
import type { Canaries } from "./index.js";

/** One operation, and the name that a leak is told by. */
export interface Read {
  name: string;
  query: string;
  variables: object;
}

/** The ids that a role asks for, by type. Whoever has the id of an unlisted event may open it: others do not have it. */
function idsFor({ open, hidden, events }: Canaries, role: Role): Record<string, string[]> {
  const had = events.filter(({ kind }) => kind !== "unlisted" || kinds["unlisted"]!.knows.includes(role));
  const of = (key: "shift" | "announcement" | "coverage" | "signup" | "report" | "suggestion" | "id"): string[] =>
    had.map((event) => event[key]);
  const ids = [open.event, open.twin, hidden.event, hidden.twin, ...of("id")];
  return {
    Announcement: [open.announcement, hidden.announcement, ...of("announcement")],
    Campaign: [open.campaign, hidden.campaign],
    City: [open.city],
    Coverage: [open.coverage, open.suggestion, hidden.coverage, ...of("coverage"), ...of("suggestion")],
    Demand: [open.demand, hidden.demand],
    Endorsement: [open.endorsement, open.asked],
    Event: ids,
    EventImport: [open.import, hidden.import],
    ImportProblem: [open.problem],
    Organization: [
      open.organization,
      hidden.organization,
      open.other,
      open.ours,
      open.coHost,
      open.invited,
      open.second,
    ],
    ReviewItem: ids.map((id) => id.replace("event", "review_item")),
    Rsvp: [open.rsvp],
    Shift: [open.shift, hidden.shift, ...of("shift")],
    ShiftSignup: [open.signup, ...of("signup")],
    TurnoutReport: [open.report, ...of("report")],
  };
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

const chunks = (values: string[], size: number): string[][] =>
  values.length === 0 ? [] : [values.slice(0, size), ...chunks(values.slice(size), size)];

/** What fields of the query are asked with, by the name of the argument, and of the field. */
const argued: Record<string, (ids: Record<string, string[]>, slugs: string[]) => string[]> = {
  of: ({ Event = [], Campaign = [], Organization = [] }) => [...Event, ...Campaign, ...Organization],
  campaignId: ({ Campaign = [] }) => Campaign,
  eventId: ({ Event = [] }) => Event,
  organizationId: ({ Organization = [] }) => Organization,
  slug: (_ids, slugs) => slugs,
  "eventImport id": ({ EventImport = [] }) => EventImport,
  "event id": ({ Event = [] }) => Event,
  "removedEvent id": ({ Event = [] }) => Event,
};

function rootReads(ids: Record<string, string[]>, slugs: string[]): Read[] {
  return fieldsOf("Query").flatMap((field): Read[] => {
    const { name, args, type } = field;
    const required = args.find((arg) => String(arg.type).endsWith("!"));
    if (!required) return [{ name, query: `{ ${wholeField(field, 2)} }`, variables: {} }];
    const values = (argued[`${name} ${required.name}`] ?? argued[required.name])?.(ids, slugs) ?? [];
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
    { within: { north: 90, south: -90, east: 180, west: -180 } },
    ...words.map((search) => ({ search })),
  ];
  return filters.map((filter) => ({
    name: "events by filter",
    query: `query($f: EventFilter) { events(filter: $f, first: 100) { pageInfo { startCursor endCursor } nodes { id title } } }`,
    variables: { f: filter },
  }));
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
    ...filterReads(canaries, canaries.marks.words("title")),
    { name: "changes", query: changes, variables: {} },
  ];
}

/** Asks them, some at a time, and has each answer looked at; gives those that were refused as such. */
export async function readAll(caller: Caller, reads: Read[], look: (name: string, text: string) => void) {
  const queue = [...reads];
  const refused = new Set<string>();
  const worker = async (): Promise<void> => {
    for (let read = queue.pop(); read; read = queue.pop()) {
      const { code, message, body } = await caller.run(read.query, read.variables);
      if (!usual.has(code)) refused.add(`${read.name}: ${code} ${message}`);
      look(read.name, JSON.stringify(body));
    }
  };
  await Promise.all(Array.from({ length: 6 }, worker));
  return [...refused];
}

const usual = new Set(["OK", "FORBIDDEN", "NOT_FOUND", "UNAUTHENTICATED"]);
