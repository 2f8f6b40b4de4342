import { setTimeout as wait } from "node:timers/promises";
import type { Pool } from "pg";
import type { Log } from "../log.js";
import { about, type Change } from "./change.js";
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
    let cursor = parsePosition(request.source.after!, "after");
    const bounds = await readBounds(this.pool);
    if (!reaches(bounds, cursor)) {
      const position = formatPosition(bounds.head);
      return (await this.#say(request, reader, request.source.resync(position))) ? position : null;
    }
    for (let more = true; more;) {
      const stretch = await readStretch(this.pool, cursor, { rooms: request.source.rooms });
      for (const change of latestOfEach(stretch.changes)) {
        if (!active() || !(await this.#sayChange(request, reader, change))) return null;
      }
      ({ end: cursor, more } = stretch);
    }
    return formatPosition(cursor);
  }

  async #sayChange(request: LiveRequest, reader: Reader, change: Change): Promise<boolean> {
    const ctx = await request.context();
    if (!ctx) return (reader.forbidden(), false);
    const message = await request.source.message(ctx, change);
    return message ? this.#say(request, reader, message) : true;
  }

  async #say(request: LiveRequest, reader: Reader, message: object): Promise<boolean> {
    const ctx = await request.context();
    if (!ctx) return (reader.forbidden(), false);
    const payload = await request.execute(ctx, message);
    for (let waited = 0; !reader.keepsUp(); waited += 50) {
      if (waited > patienceMs) return (reader.lagging(), false);
      await wait(50);
    }
    reader.send(payload);
    return true;
  }
}

/** Unread changes of the same thing merge into the latest, as they do in a mailbox. */
function latestOfEach(changes: Change[]): Change[] {
  const latest = new Map<string, Change>();
  for (const change of changes) {
    latest.delete(about(change));
    latest.set(about(change), change);
  }
  return [...latest.values()];
}
