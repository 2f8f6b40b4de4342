import { setTimeout as wait } from "node:timers/promises";
import type { Pool } from "pg";
import type { Log } from "../log.js";
import { madeOf } from "./made.js";
import { Mailbox, type Taken } from "./mailbox.js";
import { formatPosition, parsePosition } from "./position.js";
import type { NotMade, Reader } from "./document.js";
import type { LiveRequest } from "./reader.js";
import { reaches, readBounds, readStretch } from "./store.js";

const patienceMs = 10_000;

/** Thrown where it is one message that fails, not the reading of the log. */
class Unmade extends Error {
  constructor(readonly notMade: NotMade) {
    super("A message was not made.");
  }
}

/** Tells a returning reader what it missed, in the order of the log. */
export class Replay {
  constructor(
    private readonly pool: Pool,
    private readonly log: Log,
  ) {}

  /** Returns the position up to which the reader now knows everything, or null when it was let go. */
  async run(request: LiveRequest, reader: Reader, active: () => boolean): Promise<string | null> {
    try {
      return await this.#tell(request, reader, active);
    } catch (error) {
      const notMade = error instanceof Unmade ? error.notMade : undefined;
      this.log.warn({ error: notMade?.error ?? error }, "replay not finished");
      reader.unavailable(notMade);
      return null;
    }
  }

  async #tell(request: LiveRequest, reader: Reader, active: () => boolean): Promise<string | null> {
    const { rooms, after, gathers } = request.source;
    const mailbox = new Mailbox(request.source);
    let cursor = parsePosition(after!, "after");
    if (!reaches(await readBounds(this.pool), cursor)) return this.#resync(request, reader);
    for (let more = true; more && active();) {
      const stretch = await readStretch(this.pool, cursor, { rooms });
      ({ end: cursor, more } = stretch);
      for (const change of stretch.changes) mailbox.add(change);
      if (mailbox.overfull) return this.#resync(request, reader);
      // Who gathers says all that was missed at once.
      if (gathers && more) continue;
      while (!mailbox.empty) if (!active() || !(await this.#say(request, reader, mailbox.take()))) return null;
      reader.reached?.(formatPosition(cursor));
    }
    // Of one who is let go while changes are gathered not all is told.
    return active() ? formatPosition(cursor) : null;
  }

  async #resync(request: LiveRequest, reader: Reader): Promise<string | null> {
    const position = formatPosition((await readBounds(this.pool)).head);
    const message = (): Promise<object> => Promise.resolve(request.source.resync(position));
    return (await this.#say(request, reader, [{ position, message }])) ? position : null;
  }

  async #say(request: LiveRequest, reader: Reader, taken: Taken[]): Promise<boolean> {
    const ctx = await request.context();
    if (!ctx) return (reader.forbidden(), false);
    for (const [index, made] of (await madeOf(request, ctx, taken)).entries()) {
      const { position } = taken[index]!;
      if (made.status === "rejected") throw new Unmade({ position, error: made.reason });
      if (made.value === null) reader.reached?.(position);
      else if (!(await this.#send(reader, made.value, position))) return false;
    }
    return true;
  }

  async #send(reader: Reader, payload: string, position: string): Promise<boolean> {
    for (let waited = 0; !reader.keepsUp(); waited += 50) {
      if (waited > patienceMs) return (reader.lagging(), false);
      await wait(50);
    }
    reader.send(payload, position);
    return true;
  }
}
