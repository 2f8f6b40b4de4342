import { spawn } from "node:child_process";
import { parse } from "node:path";

/** An account of the operating system, as far as starting a program needs it. */
export interface Account {
  uid: number;
  gid: number;
}

/** What a program answered; `code` is null when a signal ended it. */
export interface Outcome {
  code: number | null;
  output: string;
}

// PGDATA, LANG or LD_LIBRARY_PATH of our caller would change what the programs do, and our secrets are none of their
// business. Windows programs don't start without their environment.
const environment =
  process.platform === "win32"
    ? undefined
    : { PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", LC_ALL: "C", TZ: "UTC" };

/** Runs a program to its end and returns what it printed; rejects only when it cannot be started at all. */
export function run(
  program: string,
  args: string[],
  how: { account?: Account | undefined; cwd?: string } = {},
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    // The root folder, because another account may not be able to enter ours.
    const cwd = how.cwd ?? parse(process.execPath).root;
    const child = spawn(program, args, {
      ...how.account,
      cwd,
      env: environment,
      stdio: ["ignore", "pipe", "pipe"],
      windowsHide: true,
    });
    let output = "";
    const collect = (chunk: Buffer): string => (output += chunk.toString());
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.once("error", (error) => reject(new Error(`${program} cannot be run (${error.message})`, { cause: error })));
    child.once("close", (code) => resolve({ code, output: output.trim() }));
    // On Windows the server inherits the pipes, so that "close" would wait until the server stops.
    child.once("exit", () =>
      setTimeout(() => [child.stdout, child.stderr].forEach((pipe) => pipe.destroy()), 200).unref(),
    );
  });
}
