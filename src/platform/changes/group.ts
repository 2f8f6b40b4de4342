import { setImmediate as breathe } from "node:timers/promises";
import type { Context } from "../context.js";
import type { Log } from "../log.js";
import type { ChangeLog } from "./change.js";
import { madeOf } from "./made.js";
import { Mailbox, type Taken } from "./mailbox.js";
import type { Member } from "./member.js";
import { Pace, type Ticker } from "./pace.js";
import type { Reader } from "./document.js";
import type { LiveRequest } from "./reader.js";

const sendsBetweenBreaths = 250;

/** Equal subscriptions: one mailbox, one execution and one serialisation for all of them. */
export class Group {
  readonly members = new Set<Member>();
  readonly #mailbox: Mailbox;
  readonly #pace: Pace;
  readonly #unfollow: () => void;
  #pumping = false;

  constructor(
    private readonly request: LiveRequest,
    private readonly changes: ChangeLog,
    private readonly log: Log,
    ticker: Ticker,
  ) {
    const { source } = request;
    this.#mailbox = new Mailbox(source);
    this.#pace = new Pace(source.gathers?.everyMs ?? 0, ticker);
    this.#unfollow = changes.follow(source.rooms, (change) => {
      this.#mailbox.add(change);
      if (!this.#pumping) void this.#pump();
    });
  }

  close(): void {
    this.#unfollow();
    this.#mailbox.clear();
    this.#pace.stop();
  }

  async #pump(): Promise<void> {
    this.#pumping = true;
    while (!this.#mailbox.empty) {
      await this.#pace.turn();
      if (!this.#mailbox.empty) await this.#next();
    }
    this.#pumping = false;
  }

  async #next(): Promise<void> {
    try {
      // Taken before rights are read: what comes meanwhile may be of a time when they have ended.
      const taken = this.#mailbox.overfull ? null : this.#mailbox.take();
      const ctx = await this.request.context();
      if (ctx === null) this.#end((reader) => reader.forbidden());
      else if (taken === null) await this.#resync(ctx);
      else await this.#tell(ctx, taken);
    } catch (error) {
      // The database is away: readers learn of it and come back with their position.
      this.log.warn({ error }, "live message not made");
      this.#end((reader) => reader.unavailable());
    }
  }

  async #tell(ctx: Context, taken: Taken[]): Promise<void> {
    for (const [index, made] of (await madeOf(this.request, ctx, taken)).entries()) {
      if (made.status === "rejected") throw made.reason;
      if (made.value !== null) await this.#toAll(taken[index]!.position, made.value);
    }
  }

  async #resync(ctx: Context): Promise<void> {
    this.#mailbox.clear();
    const position = this.changes.position();
    await this.#toAll(position, await this.request.execute(ctx, this.request.source.resync(position)));
  }

  async #toAll(position: string, payload: string): Promise<void> {
    this.#pace.use();
    let sent = 0;
    for (const member of this.members) {
      member.deliver(position, payload);
      // Ten thousand sends in one turn would block every request of this node.
      if (++sent % sendsBetweenBreaths === 0) await breathe();
    }
  }

  #end(how: (reader: Reader) => void): void {
    this.#mailbox.clear();
    for (const member of this.members) {
      member.leave();
      how(member.reader);
    }
  }
}
