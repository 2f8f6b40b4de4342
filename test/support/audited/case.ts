import type { openWorld, Person } from "../world.js";

export type World = Pick<ReturnType<typeof openWorld>, "a" | "as" | "clock" | "server">;

/** A call that changes something, and one like it that is refused. */
export interface Acting {
  by: Person;
  input: object;
  /** Who is refused, or with what; somebody who has nothing to do with it, and the same, unless told. Own: it is about themselves. */
  refused?: { by?: Person; input?: object } | "own";
  /** Each call makes another thing: a second one is not again the same. */
  makes?: true;
  /** Whoever has what it takes may, without an account. */
  open?: true;
  /** The trail does not say who it was. */
  unnamed?: true;
}

/** What every text that a case sends has in it. */
export const canary = "canary-5d1f";
export const reason = `Because of ${canary}`;

export type Cases = Record<string, () => Promise<Acting>>;

/** Makes a thing by a mutation, and gives its id. */
export const maker =
  ({ as }: Pick<World, "as">) =>
  async (by: Person, name: string, field: string, input: object): Promise<string> =>
    (await as(by).call(name, input, `${field} { id }`)).data[name][field].id;
