import { createHash } from "node:crypto";
import { chmod, mkdir, realpath, stat } from "node:fs/promises";
import type { Stats } from "node:fs";
import { join } from "node:path";
import { ENTER, postgresAccount, reaches } from "./account.js";
import type { Account } from "./run.js";

/** Where a cluster lives, and the account that its programs run as (undefined: ours). */
export interface Place {
  home: string;
  cluster: string;
  passwordFile: string;
  logFile: string;
  account: Account | undefined;
}

const ROOTS_HOME = "/var/lib/rallygraph";

/** Finds the place that belongs to `dataDir`, which for root may be elsewhere; makes the folder when needed. */
export async function findPlace(dataDir: string, log: (message: string) => void): Promise<Place> {
  await mkdir(dataDir, { recursive: true });
  const home = await realpath(dataDir);
  // pg_ctl pastes the path between double quotes into a shell command.
  if (process.platform !== "win32" && /["$`\\\n]/.test(home)) throw new Error(`${home} must not contain " $ \` or \\`);
  return process.geteuid?.() === 0 ? rootsPlace(home, log) : ownPlace(home);
}

async function ownPlace(home: string): Promise<Place> {
  const owner = (await statOf(join(home, "postgres")))?.uid;
  const own = process.geteuid?.();
  if (own !== undefined && owner !== undefined && owner !== own) {
    throw new Error(`${join(home, "postgres")} belongs to user id ${owner}: start as that user or as root`);
  }
  return placeIn(home, undefined);
}

async function rootsPlace(home: string, log: (message: string) => void): Promise<Place> {
  const elsewhere = join(ROOTS_HOME, createHash("sha256").update(home).digest("hex").slice(0, 16));
  // A cluster stays where it is, even if permissions change: nobody should find an empty database one day.
  const place = (await existing(home)) ?? (await existing(elsewhere)) ?? (await fresh(home, elsewhere));
  if (place.home === elsewhere) log(`${home} is closed to the PostgreSQL user: its data is in ${elsewhere}`);
  return place;
}

async function existing(home: string): Promise<Place | undefined> {
  const owner = await statOf(join(home, "postgres"));
  if (!owner) return undefined;
  if (owner.uid === 0) throw new Error(`${join(home, "postgres")} belongs to root: chown it to the user postgres`);
  const account = { uid: owner.uid, gid: owner.gid };
  if (await reaches(account, home, ENTER)) return placeIn(home, account);
  throw new Error(`User id ${account.uid} owns ${join(home, "postgres")} but cannot enter it: chmod o+x its parents`);
}

async function fresh(home: string, elsewhere: string): Promise<Place> {
  const account = await postgresAccount();
  if (await reaches(account, home, ENTER)) return placeIn(home, account);
  for (const folder of [ROOTS_HOME, elsewhere]) {
    // chmod, because a strict umask would close this folder too.
    if (await mkdir(folder, { recursive: true })) await chmod(folder, 0o755);
  }
  return placeIn(elsewhere, account);
}

function placeIn(home: string, account: Account | undefined): Place {
  return {
    home,
    cluster: join(home, "postgres"),
    passwordFile: join(home, "postgres.password"),
    logFile: join(home, "postgres.log"),
    account,
  };
}

function statOf(path: string): Promise<Stats | undefined> {
  return stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
}
