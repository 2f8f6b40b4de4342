import type PgBoss from "pg-boss";
import type { Services } from "../context.js";
import type { Queue } from "./queue.js";

const pollMs = 2_000;

/**
 * Does the jobs of one queue on this node, a batch at a time. pg-boss's own worker doesn't wait until a job's end is
 * noted: with the database away, its rejection would end the process.
 */
export class Worker {
  readonly #boss: PgBoss;
  readonly #services: Services;
  readonly #queue: Queue;
  readonly #batchSize: number;
  #stopping = false;
  #woken = false;
  #rise: () => void = () => undefined;
  /** Settles when the worker has stopped. */
  readonly ended: Promise<void>;

  constructor(boss: PgBoss, services: Services, queue: Queue) {
    this.#boss = boss;
    this.#services = services;
    this.#queue = queue;
    // A job may hold one connection while it asks for another: jobs that held them all would wait for ever.
    this.#batchSize = Math.max(1, Math.min(queue.concurrency, Math.floor(services.config.databasePool / 4)));
    this.ended = this.#run();
  }

  wake(): void {
    this.#woken = true;
    this.#rise();
  }

  stop(): void {
    this.#stopping = true;
    this.wake();
  }

  async #run(): Promise<void> {
    while (!this.#stopping) {
      this.#woken = false;
      const jobs = await this.#boss.fetch<object>(this.#queue.name, { batchSize: this.#batchSize });
      await Promise.all(jobs.map((job) => this.#do(job)));
      if (jobs.length === 0) await this.#rest();
    }
  }

  async #rest(): Promise<void> {
    if (this.#woken) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#rise = resolve;
      timer = setTimeout(resolve, pollMs);
    });
    clearTimeout(timer);
  }

  async #do({ id, data }: PgBoss.Job): Promise<void> {
    const { name } = this.#queue;
    try {
      const failure = await this.#attempt(id, data);
      await (failure ? this.#boss.fail(name, id, failure) : this.#boss.complete(name, id));
    } catch (error) {
      this.#services.log.warn({ error, queue: name, job: id }, "the end of a job is not noted; it will run again");
    }
  }

  /** What is kept of a failure: only its name, for a message can quote what it is about. */
  async #attempt(job: string, data: object): Promise<{ name: string } | undefined> {
    try {
      await this.#queue.work(this.#services, data);
      return undefined;
    } catch (error) {
      this.#services.log.warn({ error, queue: this.#queue.name, job }, "job failed; it will be tried again");
      return { name: error instanceof Error ? error.name : typeof error };
    }
  }
}
