import { newContext, type Context, type Services } from "../../src/platform/context.js";
import { queues } from "../../src/platform/jobs/queue.js";

/** A context of the server itself, as jobs have it. */
export const systemContext = (services: Services): Context =>
  newContext(services, { viewer: null, requestId: "test", address: "" });

/** Runs a periodic task now, here, and waits for its end. */
export async function runTask(services: Services, name: string): Promise<void> {
  await queues()
    .find((queue) => queue.name === name)!
    .work(services, {});
}

/** Resolves once no job is waiting to be done or being done; those put off to later don't count. */
export async function jobsDone({ pool, jobs }: Services): Promise<void> {
  for (;;) {
    const { rows } = await pool.query<{ name: string }>(
      `SELECT DISTINCT name FROM pgboss.job WHERE state = 'active' OR (state < 'active' AND start_after < now() + interval '30 seconds')`,
    );
    if (rows.length === 0) return;
    jobs.wake(rows.map(({ name }) => name));
  }
}

/** Makes the jobs that were put off due now. */
export async function hastenJobs({ pool, jobs }: Services): Promise<void> {
  await pool.query(`UPDATE pgboss.job SET start_after = now() WHERE state < 'active'`);
  jobs.wake(queues().map(({ name }) => name));
}
