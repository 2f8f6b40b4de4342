import { once } from "node:events";
import { getNamedType } from "graphql";
import { theSchema } from "../../../src/app/schema.js";
import type { Role } from "../matrix/people.js";
import { everythingBelow, fitting } from "../selection.js";
import { Wire } from "../wire.js";
import { kinds } from "./events.js";
import type { Canaries } from "./index.js";

/** All that a person is told on a socket. */
export interface Hearing {
  role: Role;
  frames: string[];
  /** Which subscription told it. */
  nameOf(frame: string): string;
  /** Resolves when a message holds this. */
  until(text: string): Promise<void>;
  close(): Promise<void>;
}

/** Each subscription to each thing, with everything below it: more than one of a name, where that is too large. */
export const subscriptions = (): [name: string, argument: string, query: string][] =>
  Object.values(theSchema().getSubscriptionType()!.getFields()).flatMap(({ name, args, type }) => {
    const below = everythingBelow(getNamedType(type), 2);
    return args
      .filter((arg) => arg.name !== "after")
      .flatMap(({ name: argument }) =>
        fitting(`subscription ($id: ID!) { ${name}(${argument}: $id) ${below} }`, { id: "" }).map(
          (query): [string, string, string] => [name, argument, query],
        ),
      );
  });

/** What there is to follow, by the name of the argument: also what the role may not, with ids that they should not have. */
export function idsOf({ open, hidden, events }: Canaries, role: Role): Record<string, string[]> {
  const knowsOf = ({ kind }: { kind: string }): boolean => kind !== "unlisted" || kinds[kind]!.knows.includes(role);
  const some = events.filter(knowsOf).filter(({ kind }) => ["draft", "private", "rejected", "unlisted"].includes(kind));
  return {
    campaignId: [open.campaign, hidden.campaign],
    eventId: [open.event, hidden.event, ...some.map(({ id }) => id)],
    importId: [open.import, hidden.import],
    cityId: [open.city],
  };
}

/** Listens to everything there is, for a role: also to what they may not, with ids that they should not have. */
export async function hear(url: string, canaries: Canaries, role: Role): Promise<Hearing> {
  const { people } = canaries;
  const token = people[role]?.token;
  const wire = await Wire.ready(url, token ? { token } : undefined);
  const frames: string[] = [];
  wire.socket.on("message", (data: Buffer) => frames.push(data.toString()));
  const ids = idsOf(canaries, role);
  const names: string[] = [];
  for (const [name, argument, query] of subscriptions())
    for (const id of ids[argument]!)
      wire.send({ id: String(names.push(name) - 1), type: "subscribe", payload: { query, variables: { id } } });
  // Messages of a socket are handled in their order.
  wire.send({ type: "ping" });
  await wire.next(({ type }) => type === "pong");
  return {
    role,
    frames,
    nameOf: (frame) => names[Number((JSON.parse(frame) as { id?: string }).id)] ?? "the socket",
    until: async (text) => {
      while (!frames.some((frame) => frame.includes(text))) await once(wire.socket, "message");
    },
    close: () => wire.close(),
  };
}
