import { LRUCache } from "lru-cache";

const mostBytes = 32 * 1024 * 1024;
/** A change that is in the log is seen no later than this. */
const unheardMs = 900;
/** What another node writes that the log does not tell of, as a new name of an organization, is seen no later than this. */
const oldestMs = 2_000;

interface Held {
  text: Promise<string | null>;
  /** The same once it is there: as bytes for whoever asks again. */
  known: string | Buffer | undefined;
  generation: number;
  madeAt: number;
}

/**
 * What nobody in particular has asked, held until anything is written here or the log tells of a change, and for two
 * seconds at most: when a message brings thousands of readers back with one question, it is answered once.
 */
export class HeldReads {
  readonly #held = new LRUCache<string, Held>({ maxSize: mostBytes });
  #generation = 0;

  /** `heardAgo`: how many milliseconds ago everything was heard that the log had then. */
  constructor(private readonly heardAgo: () => number) {}

  /** Something is different now: what is held is asked again. */
  forget(): void {
    this.#generation++;
  }

  /** The answer to a question, asked again where what is held may not be true any more; null is not held. */
  get(question: string, ask: () => Promise<string | null>): Promise<string | null> {
    const held = this.#held.get(question);
    if (held && this.#isTrue(held)) return held.text;
    const made: Held = { text: ask(), known: undefined, generation: this.#generation, madeAt: performance.now() };
    this.#hold(question, made, 0);
    void this.#weigh(question, made);
    return made.text;
  }

  /** Whether the answer is at hand and true. */
  holds(question: string): boolean {
    const held = this.#held.get(question);
    return held?.known !== undefined && this.#isTrue(held);
  }

  /** The answer, where it is at hand and true. */
  held(question: string): Buffer | undefined {
    const held = this.#held.get(question);
    if (held?.known === undefined || !this.#isTrue(held)) return undefined;
    if (typeof held.known === "string") held.known = Buffer.from(held.known);
    return held.known;
  }

  #isTrue({ generation, madeAt }: Held): boolean {
    const age = performance.now() - madeAt;
    return generation === this.#generation && (age < unheardMs || (age < oldestMs && this.heardAgo() < unheardMs));
  }

  /** An answer takes its room once its length is known: as text and as bytes. */
  async #weigh(question: string, made: Held): Promise<void> {
    const text = await made.text.catch(() => null);
    if (this.#held.peek(question) !== made) return;
    if (text === null) this.#held.delete(question);
    else this.#hold(question, Object.assign(made, { known: text }), text.length * 2);
  }

  #hold(question: string, held: Held, length: number): void {
    this.#held.set(question, held, { size: question.length + length + 100 });
  }
}
