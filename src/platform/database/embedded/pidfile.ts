import { linkSync, readFileSync, renameSync, statSync, unlinkSync } from "node:fs";
import { readFile, readlink } from "node:fs/promises";
import { basename, join } from "node:path";
import { run } from "./run.js";

/** What `postmaster.pid` says; `pid` and `port` are NaN as long as those lines aren't written. */
export interface PidFile {
  text: string;
  pid: number;
  port: number;
}

type Holder = "server" | "stranger" | "nobody";

/** Reads the pid file of a cluster; undefined when there is none. */
export function readPidFile(cluster: string): PidFile | undefined {
  const text = readIfThere(join(cluster, "postmaster.pid"));
  const lines = text?.split("\n") ?? [];
  return text === undefined
    ? undefined
    : { text, pid: parseInt(lines[0] ?? "", 10), port: parseInt(lines[3] ?? "", 10) };
}

/**
 * The pid file of the living server of a cluster; "unclear" while it is being written, undefined when no server runs.
 * Removes a file that would keep PostgreSQL from starting; that of a dead process it overwrites itself.
 */
export async function findServer(cluster: string): Promise<PidFile | "unclear" | undefined> {
  const file = readPidFile(cluster);
  if (!file) return undefined;
  if (Number.isNaN(file.pid)) return isRemnant(cluster) ? discard(cluster, file) : "unclear";
  const holder = await holderOf(cluster, file.pid);
  if (holder === "server") return file;
  return holder === "stranger" ? discard(cluster, file) : undefined;
}

/** Tells our server from a program which got the number of a dead one, and from a zombie. */
async function holderOf(cluster: string, pid: number): Promise<Holder> {
  if (!isAlive(pid)) return "nobody";
  // PostgreSQL for Windows asks the named pipe of the process, so it isn't misled by a reused number.
  if (process.platform === "win32") return "server";
  const proc = `/proc/${pid}`;
  const state = await readFile(`${proc}/stat`, "utf8").catch(() => undefined);
  if (state === undefined) return holderByPs(cluster, pid);
  if (/^[ZX]/.test(state.slice(state.lastIndexOf(")") + 2))) return "stranger";
  const command = (await readFile(`${proc}/cmdline`, "utf8").catch(() => "")).split("\0");
  if (basename(command[0] ?? "") !== "postgres") return "stranger";
  const here = await readlink(`${proc}/cwd`).catch(() => undefined);
  return command.includes(cluster) || here === cluster ? "server" : "stranger";
}

async function holderByPs(cluster: string, pid: number): Promise<Holder> {
  const ps = await run("ps", ["-ww", "-o", "stat=,command=", "-p", String(pid)]).catch(() => undefined);
  if (!ps) return "server";
  if (ps.output === "") return "nobody";
  const serves = !ps.output.startsWith("Z") && ps.output.includes("postgres") && ps.output.includes(cluster);
  return serves ? "server" : "stranger";
}

/** Whether any process has this number. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** An empty file that nobody is about to fill, as a power failure leaves it. */
function isRemnant(cluster: string): boolean {
  return (
    Date.now() - (statSync(join(cluster, "postmaster.pid"), { throwIfNoEntry: false })?.mtimeMs ?? Infinity) > 2000
  );
}

/**
 * Removes a stale pid file. Synchronously, and looking twice: another starter may have healed the folder meanwhile,
 * and a server whose file is gone shuts itself down.
 */
function discard(cluster: string, stale: PidFile): undefined {
  const path = join(cluster, "postmaster.pid");
  if (readIfThere(path) !== stale.text) return;
  const aside = `${path}.stale-${process.pid}-${Date.now()}`;
  renameSync(path, aside);
  if (readIfThere(aside) !== stale.text) linkSync(aside, path);
  unlinkSync(aside);
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
