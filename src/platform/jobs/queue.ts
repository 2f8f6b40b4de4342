import type { Services } from "../context.js";
import type { Transaction } from "../database/transact.js";

/** A kind of work that happens after the transaction that asked for it, on any node, at least once. */
export interface Queue<Data extends object = object> {
  readonly name: string;
  /** How many of its jobs a node does at a time. */
  readonly concurrency: number;
  /** Of a periodic task: how many seconds lie between two runs. */
  readonly everySeconds?: number;
  /** Does a job; within 20 seconds, or another node begins it too. A job that throws is tried again later. */
  work(services: Services, data: Data): Promise<void>;
}

const registered = new Map<string, Queue>();

/** All queues of the program, by the modules that are loaded. */
export const queues = (): Queue[] => [...registered.values()];

function register<Data extends object>(queue: Queue<Data>): Queue<Data> {
  if (registered.has(queue.name)) throw new Error(`Two queues are called ${queue.name}.`);
  registered.set(queue.name, queue);
  return queue;
}

/** Registers a queue, when its module is loaded. */
export const queue = <Data extends object>(
  name: string,
  work: (services: Services, data: Data) => Promise<void>,
  { concurrency = 1 }: { concurrency?: number } = {},
): Queue<Data> => register({ name, concurrency, work });

/** Registers a task that runs every so many seconds, on one node at a time; a run that fails is left to the next. */
export const every = (name: string, everySeconds: number, work: (services: Services) => Promise<void>): Queue =>
  register({ name, concurrency: 1, everySeconds, work });

/** Adds jobs in the writer's transaction: done if it commits, never heard of if it doesn't. */
export async function enqueue<Data extends object>(
  tx: Transaction,
  { name }: Queue<Data>,
  jobs: Data[],
  { afterSeconds = 0 }: { afterSeconds?: number } = {},
): Promise<void> {
  if (jobs.length === 0) return;
  await tx.jobs.add(
    tx.db,
    jobs.map((data) => ({ name, data, startAfter: String(afterSeconds) })),
  );
  tx.enqueued.add(name);
}
