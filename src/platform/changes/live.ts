import { setImmediate as breathe } from "node:timers/promises";
import type { Context } from "../context.js";
import { about, type Change, type ChangeLog } from "./change.js";
import type { Log } from "../log.js";
import type { LiveRequest, Reader } from "./reader.js";
import type { Replay } from "./replay.js";

interface Member {
  reader: Reader;
  /** While missed changes are replayed, live ones wait here. */
  held: { position: string; payload: string }[] | null;
  /** Nothing at or before it is sent again. */
  position: string;
  /** Gives the seat up. */
  leave: () => void;
}

const mailboxLimit = 1_000;
const heldLimit = 1_000;
const sendsBetweenBreaths = 250;

/** All live subscriptions of this node. */
export class Hub {
  readonly #groups = new Map<string, Group>();
  #readers = 0;

  constructor(
    private readonly changes: ChangeLog,
    private readonly replay: Replay,
    private readonly log: Log,
  ) {}

  get readers(): number {
    return this.#readers;
  }

  get groups(): number {
    return this.#groups.size;
  }

  /** Seats a reader; the returned function takes it out again. */
  join(request: LiveRequest, reader: Reader): () => void {
    // The seat comes first, every read after it: a change between the two waits in the mailbox.
    let group = this.#groups.get(request.key);
    if (!group) this.#groups.set(request.key, (group = new Group(request, this.changes, this.log)));
    const { after } = request.source;
    const leave = (): void => this.#leave(request.key, group, member);
    const member: Member = { reader, held: after ? [] : null, position: after ?? "", leave };
    group.members.add(member);
    this.#readers++;
    if (after) void this.#catchUp(group, request, member);
    return leave;
  }

  async #catchUp(group: Group, request: LiveRequest, member: Member): Promise<void> {
    const active = (): boolean => group.members.has(member);
    const position = await this.replay.run(request, member.reader, active);
    if (position === null || !active()) return;
    member.position = position;
    const held = member.held ?? [];
    member.held = null;
    for (const message of held) deliver(member, message.position, message.payload);
  }

  #leave(key: string, group: Group, member: Member): void {
    if (!group.members.delete(member)) return;
    this.#readers--;
    if (group.members.size > 0) return;
    group.close();
    if (this.#groups.get(key) === group) this.#groups.delete(key);
  }
}

/** Equal subscriptions: one bounded mailbox, one execution and one serialisation for all of them. */
class Group {
  readonly members = new Set<Member>();
  readonly close: () => void;
  readonly #mailbox = new Map<string, Change>();
  #overflowed = false;
  #pumping = false;

  constructor(
    private readonly request: LiveRequest,
    private readonly changes: ChangeLog,
    private readonly log: Log,
  ) {
    this.close = changes.follow(request.source.rooms, (change) => this.#receive(change));
  }

  #receive(change: Change): void {
    this.#mailbox.delete(about(change));
    this.#mailbox.set(about(change), change);
    if (this.#mailbox.size > mailboxLimit) {
      this.#mailbox.clear();
      this.#overflowed = true;
    }
    if (!this.#pumping) void this.#pump();
  }

  async #pump(): Promise<void> {
    this.#pumping = true;
    while (this.members.size > 0 && (this.#overflowed || this.#mailbox.size > 0)) await this.#next();
    this.#pumping = false;
  }

  async #next(): Promise<void> {
    try {
      const ctx = await this.request.context();
      if (ctx === null) this.#end((reader) => reader.forbidden());
      else if (this.#overflowed) await this.#resync(ctx);
      else await this.#tell(ctx);
    } catch (error) {
      // The database is away: readers learn of it and come back with their position.
      this.log.warn({ error }, "live message not made");
      this.#end((reader) => reader.unavailable());
    }
  }

  async #tell(ctx: Context): Promise<void> {
    const [key, change] = this.#mailbox.entries().next().value!;
    this.#mailbox.delete(key);
    const message = await this.request.source.message(ctx, change);
    if (message) await this.#toAll(change.position, await this.request.execute(ctx, message));
  }

  async #resync(ctx: Context): Promise<void> {
    this.#overflowed = false;
    const position = this.changes.position();
    await this.#toAll(position, await this.request.execute(ctx, this.request.source.resync(position)));
  }

  async #toAll(position: string, payload: string): Promise<void> {
    let sent = 0;
    for (const member of this.members) {
      deliver(member, position, payload);
      // Ten thousand sends in one turn would block every request of this node.
      if (++sent % sendsBetweenBreaths === 0) await breathe();
    }
  }

  #end(how: (reader: Reader) => void): void {
    this.#mailbox.clear();
    this.#overflowed = false;
    for (const member of this.members) {
      member.leave();
      how(member.reader);
    }
  }
}

function deliver(member: Member, position: string, payload: string): void {
  if (member.held) {
    if (member.held.push({ position, payload }) > heldLimit) letGo(member);
    return;
  }
  if (position <= member.position) return;
  member.position = position;
  if (member.reader.keepsUp()) member.reader.send(payload);
  else letGo(member);
}

/** Nobody waits for a slow phone: it comes back with its position when it can. */
function letGo(member: Member): void {
  member.leave();
  member.reader.lagging();
}
