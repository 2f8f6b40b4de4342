import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { projectFile } from "../../src/platform/files.js";

/** A server as `npm start` runs it, in a process of its own. */
export interface ServerProcess {
  url: string;
  child: ChildProcess;
  output(): string;
  /** Sends the signal and resolves with the exit code, or the signal that ended it. */
  end(signal: NodeJS.Signals): Promise<number | string>;
}

/** An empty folder for a server's data; whoever runs PostgreSQL can enter it. */
export async function dataFolder(): Promise<{ folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), "rallygraph-process-"));
  await chmod(folder, 0o755);
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

const children = new Set<ChildProcess>();
// A test that fails leaves its server to this.
afterAll(() => children.forEach((child) => child.kill("SIGINT")));

/** Runs the built server; resolves once it says where it listens, or rejects with what it said instead. */
export function startProcess(
  env: Record<string, string>,
  spawned: (child: ChildProcess) => void = () => undefined,
): Promise<ServerProcess> {
  const { DATABASE_URL: _none, ...inherited } = process.env;
  const child = spawn(process.execPath, [projectFile("dist/src/main.js")], {
    env: { ...inherited, PORT: "0", RATE_ANONYMOUS: "0", RATE_SIGNED_IN: "0", ...env },
  });
  children.add(child);
  spawned(child);
  child.once("exit", () => children.delete(child));
  let output = "";
  child.stderr.on("data", (data: Buffer) => (output += data.toString()));
  const exited = once(child, "exit").then(([code, signal]) => (code ?? signal) as number | string);
  return new Promise((resolve, reject) => {
    child.stdout.on("data", (data: Buffer) => {
      output += data.toString();
      const url = /rallygraph: API at (http\S+)\/graphql/.exec(output)?.[1];
      if (url) resolve({ url, child, output: () => output, end: (signal) => (child.kill(signal), exited) });
    });
    exited.then((code) => reject(Object.assign(new Error(output), { code })), reject);
  });
}
