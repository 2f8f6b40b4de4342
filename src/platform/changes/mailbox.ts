import type { Context } from "../context.js";
import { about, type Change } from "./change.js";
import type { LiveSource } from "./reader.js";

const limit = 1_000;

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

  /** What the next message is of, out of a mailbox that is neither empty nor overfull. */
  take(): { position: string; message: (ctx: Context) => Promise<object | null> } {
    const { source } = this;
    const [first, ...others] = this.#changes.values();
    if (source.gathers) {
      this.clear();
      const changes = [first!, ...others];
      return { position: changes.at(-1)!.position, message: (ctx) => source.gathers.message(ctx, changes) };
    }
    this.#changes.delete(about(first!));
    return { position: first!.position, message: (ctx) => source.message(ctx, first!) };
  }

  clear(): void {
    this.#changes.clear();
    this.#overfull = false;
  }
}
