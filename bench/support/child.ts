import { type ChildProcess, fork } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { devNull } from "node:os";
import path from "node:path";

/** What a process of a benchmark can be asked over IPC. */
export type Answers = Record<string, (...args: never[]) => unknown>;

/** A process of a benchmark, as seen by the one that started it. */
export interface Child<A extends Answers> {
  ask<Name extends keyof A>(name: Name, ...args: Parameters<A[Name]>): Promise<Awaited<ReturnType<A[Name]>>>;
  stop(): Promise<void>;
}

interface Call {
  call: number;
  name: string;
  args: never[];
}

interface Reply {
  call: number;
  value?: unknown;
  fault?: string;
}

/** Starts bench/processes/<name>; it has a heap that can be collected on demand, and logs into nothing. */
export function startChild<A extends Answers>(name: string, env: Record<string, string> = {}): Child<A> {
  const nothing = openSync(devNull, "w");
  const child = fork(path.join(__dirname, "../processes", `${name}.js`), {
    env: { PATH: process.env["PATH"], NODE_ENV: "production", ...env },
    // The young heap is as large as `npm start` makes it.
    execArgv: ["--expose-gc", "--max-semi-space-size=32", ...(process.env["BENCH_NODE_OPTIONS"]?.split(" ") ?? [])],
    stdio: ["ignore", nothing, "inherit", "ipc"],
  });
  closeSync(nothing);
  return { ask: asker(child, name) as Child<A>["ask"], stop: () => stopped(child) };
}

function asker(child: ChildProcess, name: string): (what: string, ...args: unknown[]) => Promise<unknown> {
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let calls = 0;
  child.on("message", ({ call, value, fault }: Reply) => {
    const waiter = waiting.get(call);
    waiting.delete(call);
    if (fault === undefined) waiter?.resolve(value);
    else waiter?.reject(new Error(`${name}: ${fault}`));
  });
  child.on("exit", (code) => waiting.forEach(({ reject }) => reject(new Error(`${name} ended with code ${code}`))));
  return (what, ...args) =>
    new Promise((resolve, reject) => {
      waiting.set(++calls, { resolve, reject });
      child.send({ call: calls, name: what, args });
    });
}

function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const patience = setTimeout(() => child.kill("SIGKILL"), 10_000);
    child.once("exit", () => {
      clearTimeout(patience);
      resolve();
    });
    child.disconnect();
  });
}

/** Inside such a process: answers until the one that started it is gone, then tidies up and ends. */
export function answer(answers: Answers, end: () => Promise<void> = () => Promise.resolve()): void {
  process.on("message", ({ call, name, args }: Call) => {
    const reply = (rest: Omit<Reply, "call">): void => void (process.connected && process.send?.({ call, ...rest }));
    const value = async (): Promise<unknown> => answers[name]!(...args);
    value().then(
      (found) => reply({ value: found }),
      (error: unknown) => reply({ fault: error instanceof Error ? error.message : String(error) }),
    );
  });
  process.once("disconnect", () => void end().finally(() => process.exit()));
}
