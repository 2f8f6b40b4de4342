import { setTimeout as wait } from "node:timers/promises";
import type { Pool } from "pg";
import type { Context } from "../context.js";
import type { Log } from "../log.js";
import { Mailbox } from "./mailbox.js";
import { formatPosition, parsePosition } from "./position.js";
import type { LiveRequest, Reader } from "./reader.js";
import { reaches, readBounds, readStretch } from "./store.js";

const patienceMs = 10_000;

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
      this.log.warn({ error }, "replay not finished");
      reader.unavailable();
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
      while (!mailbox.empty) if (!active() || !(await this.#say(request, reader, mailbox.take().message))) return null;
    }
    return formatPosition(cursor);
  }

  async #resync(request: LiveRequest, reader: Reader): Promise<string | null> {
    const position = formatPosition((await readBounds(this.pool)).head);
    const message = (): Promise<object> => Promise.resolve(request.source.resync(position));
    return (await this.#say(request, reader, message)) ? position : null;
  }

  async #say(
    request: LiveRequest,
    reader: Reader,
    messageFor: (ctx: Context) => Promise<object | null>,
  ): Promise<boolean> {
    const ctx = await request.context();
    if (!ctx) return (reader.forbidden(), false);
    const message = await messageFor(ctx);
    if (!message) return true;
    const payload = await request.execute(ctx, message);
    for (let waited = 0; !reader.keepsUp(); waited += 50) {
      if (waited > patienceMs) return (reader.lagging(), false);
      await wait(50);
    }
    reader.send(payload);
    return true;
  }
}
