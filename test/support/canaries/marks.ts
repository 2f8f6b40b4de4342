interface Mark {
  name: string;
  knows: ReadonlySet<string>;
}

/** Whatever could be a mark: a word, a telephone number, an address, an id in either form. */
const looksLikeOne =
  /kanari\d+x|\b612555\d{4}\b|[a-z0-9-]+@[a-z0-9-]+\.example\b|[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;
const maybeEncoded = /[A-Za-z0-9_-]{20,}={0,2}/g;

/** Strings that occur once in the world, each with who may come upon it. */
export class Marks {
  readonly #marks = new Map<string, Mark>();
  /** The marks that somebody has come upon who may. */
  readonly met = new Set<string>();

  /** A new word. */
  text(name: string, knows: readonly string[]): string {
    return this.#add(`kanari${this.#marks.size}x`, name, knows);
  }

  phone(name: string, knows: readonly string[]): string {
    return this.#add(String(6_125_550_000 + this.#marks.size), name, knows);
  }

  /** Something that is unique already: an id, or an e-mail address. */
  mark(value: string, name: string, knows: readonly string[]): void {
    this.#add(value.includes("@") ? value : value.slice(-32), name, knows);
  }

  #add(value: string, name: string, knows: readonly string[]): string {
    this.#marks.set(value, { name, knows: new Set(knows) });
    return value;
  }

  /** The names of the marks in a text that its reader may not know of. */
  unknownTo(reader: string, text: string): string[] {
    const unknown = new Set<string>();
    for (const found of [text, ...decoded(text)].flatMap((part) => part.match(looksLikeOne) ?? [])) {
      const value = /^[0-9a-f-]{36}$/i.test(found) ? found.replaceAll("-", "") : found;
      const mark = this.#marks.get(value.toLowerCase());
      if (mark?.knows.has(reader)) this.met.add(mark.name);
      else if (mark) unknown.add(mark.name);
    }
    return [...unknown];
  }

  /** The words whose names begin so. */
  words(name: string): string[] {
    return [...this.#marks].filter(([, mark]) => mark.name.startsWith(name)).map(([word]) => word);
  }

  /** The names of the marks that somebody may come upon. */
  get knowable(): string[] {
    return [...this.#marks.values()].filter(({ knows }) => knows.size > 0).map(({ name }) => name);
  }
}

/** What a text holds in base64, as cursors do. */
const decoded = (text: string): string[] =>
  (text.match(maybeEncoded) ?? [])
    .filter((token) => !/^[0-9a-f]+$/.test(token))
    .map((token) => Buffer.from(token, "base64url").toString("latin1"));
