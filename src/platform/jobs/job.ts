import type { EntityManager } from "typeorm";

/** A piece of work for later. Its data are ids, never personal data: jobs are kept for days. */
export interface NewJob {
  /** The queue that it goes to. */
  name: string;
  data: object;
  /** Seconds from now before which it is not begun. */
  startAfter: string;
}

/** The way to this process's part of the job queue. */
export interface Jobs {
  /** Adds jobs through the handle of a transaction: they are there if and when it commits. */
  add(db: EntityManager, jobs: NewJob[]): Promise<void>;
  /** Looks for jobs of these queues now, not at the next poll. */
  wake(queues: Iterable<string>): void;
}
