import { setTimeout as wait } from "node:timers/promises";
import { Client, type Pool } from "pg";
import type { Log } from "../log.js";
import { Bus } from "./bus.js";
import type { Change, ChangeLog, Listener } from "./change.js";
import { formatPosition, type Position } from "./position.js";
import { readAhead, readBounds, readStretch } from "./store.js";

const channel = "rallygraph_changes";
const notifyEveryMs = 25;
const unsettledRetryMs = 10;
/** Under load one read brings the changes of many writers: without a pause each would have one of its own. */
const pauseMs = 25;

interface Options {
  pool: Pool;
  url: string;
  pollMs: number;
  /** Topics that wait for no slow transaction: handed on once they are committed, ahead of the log's order. */
  urgent: string[];
  log: Log;
  /** Called before changes are handed on: whoever hears of them and reads again must find them. */
  heard: () => void;
}

/** Carries settled changes from the log to this node's readers, in the log's order. */
export class Relay implements ChangeLog {
  readonly #bus = new Bus();
  readonly #options: Options;
  /** The positions of urgent changes that were handed on and are not settled yet. */
  readonly #early = new Set<string>();
  #cursor!: Position;
  #listener: Client | undefined;
  #connecting: Promise<void> | undefined;
  #running: Promise<void> | undefined;
  #again = false;
  #heardAt = Number.NEGATIVE_INFINITY;
  #stopped = false;
  #lastNotify = 0;
  #notifyTimer: NodeJS.Timeout | undefined;
  #pollTimer: NodeJS.Timeout | undefined;

  constructor(options: Options) {
    this.#options = options;
  }

  async start(): Promise<void> {
    this.#cursor = (await readBounds(this.#options.pool)).head;
    await this.#listen();
    this.#poll(this.#options.pollMs);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#notifyTimer);
    clearTimeout(this.#pollTimer);
    await this.#running;
    await this.#connecting;
    await this.#listener?.end().catch(() => undefined);
  }

  position(): string {
    return formatPosition(this.#cursor);
  }

  /** How many milliseconds ago everything had been handed on that was committed then. */
  heardAgo(): number {
    return performance.now() - this.#heardAt;
  }

  follow(rooms: string[], listener: Listener): () => void {
    return this.#bus.follow(rooms, listener);
  }

  /** Outside of the write transaction and coalesced: NOTIFY inside it serialises all commits (TRAPS 7). */
  wake(): void {
    this.#run();
    if (this.#notifyTimer || this.#stopped) return;
    const due = Math.max(0, this.#lastNotify + notifyEveryMs - Date.now());
    this.#notifyTimer = setTimeout(() => {
      this.#notifyTimer = undefined;
      this.#lastNotify = Date.now();
      this.#options.pool.query(`NOTIFY ${channel}`).catch((error: unknown) => this.#warn(error, "no wake-up sent"));
    }, due);
  }

  async #listen(): Promise<void> {
    const client = new Client({ connectionString: this.#options.url, connectionTimeoutMillis: 5_000, keepAlive: true });
    client.on("notification", () => this.#run());
    client.on("error", (error) => {
      this.#warn(error, "wake-up connection lost");
      this.#listener = undefined;
    });
    await client.connect();
    await client.query(`LISTEN ${channel}`);
    this.#listener = client;
  }

  #poll(afterMs: number): void {
    if (this.#stopped) return;
    clearTimeout(this.#pollTimer);
    this.#pollTimer = setTimeout(() => {
      this.#run();
      // One at a time: connecting may take longer than a poll.
      if (!this.#listener)
        this.#connecting ??= this.#listen()
          .catch((error: unknown) => this.#warn(error, "no wake-up connection"))
          .finally(() => (this.#connecting = undefined));
      this.#poll(this.#options.pollMs);
    }, afterMs);
  }

  #run(): void {
    this.#again = true;
    if (this.#running || this.#stopped) return;
    this.#running = this.#drain()
      .catch((error: unknown) => this.#warn(error, "changes not read"))
      .finally(() => (this.#running = undefined));
  }

  async #drain(): Promise<void> {
    while (this.#again && !this.#stopped) {
      this.#again = false;
      const began = performance.now();
      const { changes, end, more, unsettled } = await readStretch(this.#options.pool, this.#cursor);
      this.#handOn(changes.filter(({ position }) => !this.#early.delete(position)));
      this.#cursor = end;
      if (!more && !unsettled) this.#heardAt = began;
      if (more) this.#again = true;
      else {
        if (unsettled) await this.#hurry();
        await wait(pauseMs);
      }
    }
  }

  /** Older transactions are open: what is urgent does not wait for them. */
  async #hurry(): Promise<void> {
    this.#poll(unsettledRetryMs);
    const ahead = await readAhead(this.#options.pool, this.#cursor, this.#options.urgent);
    const fresh = ahead.filter(({ position }) => !this.#early.has(position));
    for (const { position } of fresh) this.#early.add(position);
    this.#handOn(fresh);
  }

  #handOn(changes: Change[]): void {
    if (changes.length > 0) this.#options.heard();
    for (const change of changes) this.#bus.publish(change);
  }

  #warn(error: unknown, message: string): void {
    if (!this.#stopped) this.#options.log.warn({ error }, message);
  }
}
