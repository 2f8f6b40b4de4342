import { setTimeout as wait } from "node:timers/promises";
import type { Pool } from "pg";
import type PgBoss from "pg-boss";
import type { EntityManager } from "typeorm";
import type { Services } from "../context.js";
import type { Log } from "../log.js";
import { createBoss } from "./boss.js";
import type { Jobs, NewJob } from "./job.js";
import { type Queue, queues } from "./queue.js";
import { Worker } from "./worker.js";

const finishWithinMs = 8_000;

/** This node's part of the job queue: jobs are added always, done once it is started. */
export class Workers implements Jobs {
  readonly #boss: PgBoss;
  readonly #log: Log;
  readonly #workers = new Map<string, Worker>();
  readonly #timers: NodeJS.Timeout[] = [];

  constructor(pool: Pool, log: Log) {
    this.#boss = createBoss(pool);
    this.#log = log;
    // Without a listener an error, as of a database that is away, would end the process.
    this.#boss.on("error", (error) => log.warn({ error }, "jobs not maintained"));
  }

  async add(db: EntityManager, jobs: NewJob[]): Promise<void> {
    const executeSql = async (text: string, values: unknown[]) => ({
      rows: await db.query<unknown[]>(text, values),
    });
    await this.#boss.insert(jobs, { db: { executeSql } });
  }

  wake(names: Iterable<string>): void {
    for (const name of names) this.#workers.get(name)?.wake();
  }

  async start(services: Services): Promise<void> {
    await this.#boss.start();
    for (const queue of queues()) {
      this.#workers.set(queue.name, new Worker(this.#boss, services, queue));
      if (queue.everySeconds !== undefined) this.#tick(queue, queue.everySeconds);
    }
  }

  /** Begins nothing more and lets what runs come to its end, but not for ever. */
  async stop(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    const workers = [...this.#workers.values()];
    for (const worker of workers) worker.stop();
    const patience = new AbortController();
    await Promise.race([
      Promise.all(workers.map(({ ended }) => ended)),
      wait(finishWithinMs, undefined, { signal: patience.signal }).catch(() => undefined),
    ]);
    patience.abort();
    await this.#boss.stop({ graceful: false });
  }

  /** Every node asks for the run; the first in each stretch of time makes a job of it, for whichever node is free. */
  #tick({ name }: Queue, seconds: number): void {
    const ask = (): void => {
      this.#boss.send(name, {}, { singletonSeconds: seconds, retryLimit: 0 }).then(
        () => this.wake([name]),
        (error: unknown) => this.#log.warn({ error, queue: name }, "periodic task not begun"),
      );
    };
    this.#timers.push(setInterval(ask, seconds * 1_000));
  }
}
