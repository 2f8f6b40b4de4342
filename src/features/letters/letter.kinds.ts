import type { Context } from "../../platform/context.js";

/** The words of a letter, in plain text. */
export interface Letter {
  subject: string;
  text: string;
  /** What it is about, such as an event's id: letters about it can be stopped without stopping all. */
  about?: string;
}

/** A kind of letter and how it is composed. */
export interface LetterKind<Data extends object = object> {
  readonly name: string;
  /** The recipient has just asked for it, as for a confirmation: it comes whatever they have stopped. */
  readonly essential: boolean;
  /**
   * Writes the letter from what is true now; null when what it would tell is past. The context's viewer is the
   * recipient, with their present rights: what they may not see cannot slip into a letter.
   */
  compose(ctx: Context, recipient: { personId: string }, data: Data): Promise<Letter | null>;
}

const kinds = new Map<string, LetterKind>();

/** Registers a kind of letter, when its module is loaded. `data` are ids: they lie in the job queue. */
export function letter<Data extends object>(
  name: string,
  compose: LetterKind<Data>["compose"],
  { essential = false }: { essential?: boolean } = {},
): LetterKind<Data> {
  if (kinds.has(name)) throw new Error(`Two kinds of letter are called ${name}.`);
  const kind = { name, essential, compose };
  kinds.set(name, kind);
  return kind;
}

/** A kind by its name; one that only a newer node knows is left to that node. */
export function kindNamed(name: string): LetterKind {
  const kind = kinds.get(name);
  if (!kind) throw new Error(`This node knows no kind of letter called ${name}.`);
  return kind;
}

/** The names of all kinds that are essential, or of all that are not. */
export const kindsThatAre = (essential: boolean): string[] =>
  [...kinds.values()].filter((kind) => kind.essential === essential).map(({ name }) => name);
