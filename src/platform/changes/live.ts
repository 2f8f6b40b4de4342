import type { Log } from "../log.js";
import type { ChangeLog } from "./change.js";
import { Group } from "./group.js";
import { Member } from "./member.js";
import { realTicker } from "./pace.js";
import type { Reader } from "./document.js";
import type { LiveRequest } from "./reader.js";
import type { Replay } from "./replay.js";

/** All live subscriptions of this node. */
export class Hub {
  readonly #groups = new Map<string, Group>();
  #readers = 0;

  constructor(
    private readonly changes: ChangeLog,
    private readonly replay: Replay,
    private readonly log: Log,
    private readonly ticker = realTicker,
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
    const group = this.#groups.get(request.key) ?? new Group(request, this.changes, this.log, this.ticker);
    this.#groups.set(request.key, group);
    const { after } = request.source;
    const leave = (): void => this.#leave(request.key, group, member);
    const member = new Member(reader, after, leave);
    group.members.add(member);
    this.#readers++;
    if (after) void this.#catchUp(group, request, member);
    return leave;
  }

  async #catchUp(group: Group, request: LiveRequest, member: Member): Promise<void> {
    const active = (): boolean => group.members.has(member);
    const position = await this.replay.run(request, member.reader, active);
    if (position !== null && active()) member.caughtUp(position);
  }

  #leave(key: string, group: Group, member: Member): void {
    if (!group.members.delete(member)) return;
    this.#readers--;
    if (group.members.size > 0) return;
    group.close();
    if (this.#groups.get(key) === group) this.#groups.delete(key);
  }
}
