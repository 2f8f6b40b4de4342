import { setTimeout as pause } from "node:timers/promises";
import type { Binaries } from "./binaries.js";
import { findServer } from "./pidfile.js";
import type { Place } from "./place.js";
import { launch, shutDown } from "./server.js";
import { hold, isPassing, type Session } from "./session.js";

/** All that is known before a server runs. */
export interface Job {
  place: Place;
  binaries: Binaries;
  password: string;
  settings: Record<string, string>;
  log: (message: string) => void;
}

/** A server that this process uses, as its `session` says. */
export interface Running {
  session: Session;
  pid: number;
  port: number;
  adopted: boolean;
  leaving?: boolean;
  /** under way while a cut connection is being replaced */
  marking?: Promise<void>;
}

const PATIENCE_MS = 60_000;
const SILENCE_MS = 2_000;

/** Adopts the server or starts one; a server that was started and then can't be used is stopped again. */
export async function bringUp(job: Job): Promise<Running> {
  const progress = { started: false };
  try {
    return await keepTrying(job, progress);
  } catch (error) {
    if (progress.started) await shutDown(job.place, job.binaries).catch(() => undefined);
    throw error;
  }
}

/** Again and again, while others start, stop or die in the same folder. */
async function keepTrying(job: Job, progress: { started: boolean }): Promise<Running> {
  const began = Date.now();
  for (let told = false; ;) {
    const step = await takeStep(job);
    if (step.joined) return { ...step.joined, adopted: !progress.started };
    const waited = Date.now() - began;
    if (waited > PATIENCE_MS) throw new Error(`${job.place.cluster} has no working server: ${step.problem}`);
    progress.started ||= step.started === true;
    if (step.started) continue;
    if (waited > SILENCE_MS && !told) job.log(`Waiting for PostgreSQL: ${step.problem}`);
    told ||= waited > SILENCE_MS;
    await pause(100);
  }
}

interface Step {
  started?: boolean;
  joined?: Omit<Running, "adopted"> | undefined;
  problem: string;
}

async function takeStep(job: Job): Promise<Step> {
  const server = await findServer(job.place.cluster);
  if (server === "unclear") return { problem: "its pid file is empty" };
  return server ? join(job, server) : start(job);
}

async function start({ place, binaries, settings }: Job): Promise<Step> {
  const launched = await launch(place, binaries, settings);
  if (launched.ok) return { started: true, problem: "it stops as soon as it has started" };
  if (launched.passing) return { problem: launched.problem };
  throw new Error(launched.problem);
}

async function join({ place, password }: Job, { pid, port }: { pid: number; port: number }): Promise<Step> {
  try {
    const session = await hold(port, password);
    return { joined: session && { session, pid, port }, problem: "its last user is stopping it" };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    if (isPassing(error)) return { problem };
    throw new Error(`${problem} (the password is that of ${place.passwordFile})`, { cause: error });
  }
}
