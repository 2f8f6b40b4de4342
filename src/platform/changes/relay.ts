import { setTimeout as wait } from "node:timers/promises";
import { Client, type Pool } from "pg";
import type { Log } from "../log.js";
import { Bus } from "./bus.js";
import type { ChangeLog, Listener } from "./change.js";
import { formatPosition, type Position } from "./position.js";
import { readBounds, readStretch } from "./store.js";

const channel = "rallygraph_changes";
const notifyEveryMs = 25;
const unsettledRetryMs = 10;
/** Under load one read brings the changes of many writers: without a pause each would have one of its own. */
const pauseMs = 25;

interface Options {
  pool: Pool;
  url: string;
  pollMs: number;
  log: Log;
}

/** Carries settled changes from the log to this node's readers, in the log's order. */
export class Relay implements ChangeLog {
  readonly #bus = new Bus();
  readonly #options: Options;
  #cursor!: Position;
  #listener: Client | undefined;
  #connecting: Promise<void> | undefined;
  #running: Promise<void> | undefined;
  #again = false;
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
      const { changes, end, more, unsettled } = await readStretch(this.#options.pool, this.#cursor);
      for (const change of changes) this.#bus.publish(change);
      this.#cursor = end;
      if (more) this.#again = true;
      else {
        if (unsettled) this.#poll(unsettledRetryMs);
        await wait(pauseMs);
      }
    }
  }

  #warn(error: unknown, message: string): void {
    if (!this.#stopped) this.#options.log.warn({ error }, message);
  }
}
