import { setTimeout as pause } from "node:timers/promises";
import { findServer } from "./pidfile.js";
import { shutDown } from "./server.js";
import { hold, isLastUser } from "./session.js";
import type { Job, Running } from "./start.js";

/**
 * Keeps a server marked as used: when one backend is killed, PostgreSQL drops all connections and with ours the mark,
 * and the next command that ends would stop the server under us.
 */
export function keepMarked(job: Job, running: Running): void {
  running.session.once("end", () => {
    running.marking = mark(job, running).catch((error: unknown) =>
      job.log(`PostgreSQL may be stopped under us: ${String(error)}`),
    );
  });
}

async function mark(job: Job, running: Running): Promise<void> {
  while (!running.leaving && (await isThere(job, running))) {
    const session = await hold(running.port, job.password).catch(() => undefined);
    if (session) {
      running.session = session;
      return keepMarked(job, running);
    }
    await pause(200, undefined, { ref: false });
  }
}

/** Ends the use of a server, and stops it if nobody else uses it. */
export async function letGo(job: Job, running: Running): Promise<void> {
  running.leaving = true;
  await running.marking;
  if (await isThere(job, running)) {
    if (await isUnused(job, running)) await shutDown(job.place, job.binaries);
    else job.log("PostgreSQL is left running: another process uses it");
  }
  await running.session.end();
}

/** False when it died, or when somebody else's server has taken its place. */
async function isThere({ place }: Job, { pid }: Running): Promise<boolean> {
  const server = await findServer(place.cluster);
  return typeof server === "object" && server.pid === pid;
}

async function isUnused({ password }: Job, running: Running): Promise<boolean> {
  try {
    return await isLastUser(running.session);
  } catch {
    // Our connection was cut a moment ago: ask through another, and take a server that can't be asked for unused.
    const session = await hold(running.port, password).catch(() => "unreachable" as const);
    if (session === "unreachable") return true;
    running.session = session ?? running.session;
    return session !== undefined && isLastUser(session);
  }
}
