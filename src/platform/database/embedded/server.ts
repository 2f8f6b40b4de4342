import { constants } from "node:fs";
import { open, readFile, type FileHandle } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import type { Binaries } from "./binaries.js";
import { readPidFile } from "./pidfile.js";
import type { Place } from "./place.js";
import { run } from "./run.js";

/** How a start went; `passing` marks a failure that ends by itself: another starter, a taken port, dying backends. */
export type Launch = { ok: true } | { ok: false; passing: boolean; problem: string };

const LOG_LIMIT = 10 * 1024 * 1024;
const PASSING =
  /pre-existing shared memory block|lock file .* (already exists|is empty)|could not bind|could not create any TCP/;

const defaults: Record<string, string> = {
  timezone: "UTC",
  log_timezone: "UTC",
  // Keeps the server's own news; the errors of statements reach who sent them, and would fill the log under load.
  log_min_messages: "log",
};

/** Starts the server of a place on a free port of this machine. */
export async function launch(place: Place, { pgCtl }: Binaries, settings: Record<string, string>): Promise<Launch> {
  const options = quoteSettings({
    ...defaults,
    ...settings,
    listen_addresses: "127.0.0.1",
    port: String(await freePort()),
    unix_socket_directories: "",
  });
  const logStart = await prepareLog(place);
  const args = ["start", "-s", "-w", "-t", "60", "-D", place.cluster, "-l", place.logFile, "-o", options];
  const { code, output } = await run(pgCtl, args, place);
  if (code === 0) return { ok: true };
  const news = (await readFile(place.logFile)).subarray(logStart).toString();
  const lastLines = news.trim().split("\n").slice(-15).join("\n");
  return {
    ok: false,
    passing: PASSING.test(news),
    problem: `${output}\nLast lines of ${place.logFile}:\n${lastLines}`,
  };
}

/** Stops the server of a place, politely first; resolves when it is gone. */
export async function shutDown(place: Place, { pgCtl }: Binaries): Promise<void> {
  for (const mode of ["fast", "immediate"]) {
    const { code, output } = await run(pgCtl, ["stop", "-s", "-w", "-t", "60", "-m", mode, "-D", place.cluster], place);
    if (code === 0 || !readPidFile(place.cluster)) return;
    if (mode === "immediate") throw new Error(`The server of ${place.cluster} doesn't stop: ${output}`);
  }
}

/** pg_ctl hands its -o to a shell. */
function quoteSettings(settings: Record<string, string>): string {
  return Object.entries(settings)
    .map(([name, value]) => {
      if (!/^[a-z_][a-z0-9_.]*$/i.test(name)) throw new Error(`"${name}" is not the name of a PostgreSQL setting`);
      return `-c ${quote(`${name}=${value}`)}`;
    })
    .join(" ");
}

function quote(text: string): string {
  return process.platform === "win32" ? `"${text.replaceAll('"', '\\"')}"` : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Sees to it that PostgreSQL may write its log, and that the log doesn't grow for ever; returns where news begin. */
async function prepareLog({ logFile, account }: Place): Promise<number> {
  // O_NOFOLLOW (not on Windows): as root we must not give away the file that someone's link points to.
  const flags = constants.O_RDWR | constants.O_CREAT | constants.O_APPEND | (constants.O_NOFOLLOW ?? 0);
  const file = await open(logFile, flags, 0o600);
  try {
    if (account) await file.chown(account.uid, account.gid);
    return await shorten(file);
  } finally {
    await file.close();
  }
}

async function shorten(file: FileHandle): Promise<number> {
  const { size } = await file.stat();
  if (size <= LOG_LIMIT) return size;
  await file.truncate(0);
  return 0;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
