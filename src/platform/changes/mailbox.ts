import type { Context } from "../context.js";
import { about, type Change } from "./change.js";
import type { LiveSource } from "./reader.js";

const limit = 1_000;

/** What a message is made of. */
export interface Taken {
  position: string;
  /** Null when there is nothing to tell. */
  message: (ctx: Context) => Promise<object | null>;
}

/** Unread changes: of each thing the latest only, and of too many things none, but that there were too many. */
export class Mailbox {
  readonly #changes = new Map<string, Change>();
  readonly #limit: number;
  #overfull = false;

  constructor(private readonly source: LiveSource) {
    this.#limit = source.gathers?.atMost ?? limit;
  }

  get overfull(): boolean {
    return this.#overfull;
  }

  get empty(): boolean {
    return !this.#overfull && this.#changes.size === 0;
  }

  add(change: Change): void {
    if (this.#overfull) return;
    const thing = about(change);
    this.#changes.delete(thing);
    this.#changes.set(thing, change);
    this.#overfull = this.#changes.size > this.#limit;
    if (this.#overfull) this.#changes.clear();
  }

  /** What the next messages are of, out of a mailbox that is neither empty nor overfull: those that are read together. */
  take(): Taken[] {
    const { source } = this;
    const waiting = [...this.#changes.values()];
    if (source.gathers) {
      this.clear();
      return [{ position: waiting.at(-1)!.position, message: (ctx) => source.gathers.message(ctx, waiting) }];
    }
    const next = waiting.slice(0, source.atOnce ?? 1);
    for (const change of next) this.#changes.delete(about(change));
    return next.map((change) => ({ position: change.position, message: (ctx) => source.message(ctx, change) }));
  }

  clear(): void {
    this.#changes.clear();
    this.#overfull = false;
  }
}
