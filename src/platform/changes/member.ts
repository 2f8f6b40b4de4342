import type { Reader } from "./document.js";

const heldLimit = 1_000;

/** A reader in its group. */
export class Member {
  /** While missed changes are replayed, live ones wait here. */
  #held: { position: string; payload: string }[] | null;
  /** Nothing at or before it is sent again. */
  #position: string;

  constructor(
    readonly reader: Reader,
    after: string | null | undefined,
    /** Gives the seat up. */
    readonly leave: () => void,
  ) {
    this.#held = after ? [] : null;
    this.#position = after ?? "";
  }

  deliver(position: string, payload: string): void {
    if (this.#held) {
      if (this.#held.push({ position, payload }) > heldLimit) this.#letGo();
      return;
    }
    if (position <= this.#position) return;
    this.#position = position;
    if (this.reader.keepsUp()) this.reader.send(payload, position);
    else this.#letGo();
  }

  /** It knows everything up to a position now, and goes live. */
  caughtUp(position: string): void {
    const held = this.#held ?? [];
    this.#position = position;
    this.#held = null;
    for (const message of held) this.deliver(message.position, message.payload);
  }

  /** Nobody waits for a slow phone: it comes back with its position when it can. */
  #letGo(): void {
    this.leave();
    this.reader.lagging();
  }
}
