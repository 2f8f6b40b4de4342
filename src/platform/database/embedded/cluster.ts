import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, chown, link, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Binaries } from "./binaries.js";
import type { Place } from "./place.js";
import { isAlive } from "./pidfile.js";
import { run } from "./run.js";

/** The superuser that every cluster is made with. */
export const USER = "rallygraph";

/** Makes the cluster of a place if there is none, and returns the password of its user. */
export async function ensureCluster(place: Place, { initdb }: Binaries): Promise<string> {
  await sweep(place.home);
  if (isMade(place)) return readPassword(place);
  // Under another name first: an initdb that was cut off must not look like a cluster.
  const staging = await mkdtemp(join(place.home, `postgres.init-${process.pid}-`));
  try {
    const password = await choosePassword(place, staging);
    await initialise(place, initdb, staging, password);
    await moveIn(place, join(staging, "data"));
    return password;
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function initialise(place: Place, initdb: string, staging: string, password: string): Promise<void> {
  const [data, passwordFile] = [join(staging, "data"), join(staging, "password")];
  await mkdir(data, { mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (place.account) {
    await chmod(staging, 0o711);
    for (const path of [data, passwordFile]) await chown(path, place.account.uid, place.account.gid);
  }
  const settled = [
    `--username=${USER}`,
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--no-instructions",
    "-D",
    data,
  ];
  // Built-in rules for letters, so that no machine lacks them or sorts differently.
  const locale = [
    "--encoding=UTF8",
    "--text-search-config=simple",
    "--no-locale",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
  ];
  // pg_trgm drops every letter outside ASCII when lc_ctype is C; not every machine has the better one.
  const attempt = await run(initdb, [...settled, ...locale, "--lc-ctype=C.UTF-8"], place);
  const { code, output } = attempt.code === 0 ? attempt : await run(initdb, [...settled, ...locale], place);
  if (code !== 0) throw new Error(`initdb failed in ${place.home}:\n${output}`);
}

async function moveIn(place: Place, data: string): Promise<void> {
  await rename(data, place.cluster).catch((error: unknown) => {
    // Another starter was quicker: its cluster has the same password.
    if (!isMade(place)) throw new Error(`${place.cluster} holds something else than a database`, { cause: error });
  });
}

function isMade({ cluster }: Place): boolean {
  return existsSync(join(cluster, "PG_VERSION"));
}

async function readPassword({ passwordFile, cluster }: Place): Promise<string> {
  const password = (await readFile(passwordFile, "utf8").catch(() => "")).trim();
  if (password !== "") return password;
  throw new Error(`the password of ${cluster} cannot be read from ${passwordFile}: put that file back`);
}

/** The first of several starters chooses; `link` lets nobody see half a password and overwrites none. */
async function choosePassword(place: Place, staging: string): Promise<string> {
  const draft = join(staging, "draft");
  await writeFile(draft, `${randomBytes(24).toString("base64url")}\n`, { mode: 0o600 });
  await link(draft, place.passwordFile).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
  return readPassword(place);
}

/** Removes what starters left that were killed during initdb. */
async function sweep(home: string): Promise<void> {
  for (const name of await readdir(home)) {
    const pid = /^postgres\.init-(\d+)-/.exec(name)?.[1];
    if (pid && !isAlive(Number(pid))) {
      await rm(join(home, name), { recursive: true, force: true }).catch(() => undefined);
    }
  }
}
