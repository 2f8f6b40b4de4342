import { readFile, realpath, stat } from "node:fs/promises";
import type { Stats } from "node:fs";
import { dirname } from "node:path";
import { run, type Account } from "./run.js";

/** Permission bits as in `chmod`. */
export const ENTER = 1;
export const READ = 4;

/** PostgreSQL refuses to run as root: finds the account `postgres`, or makes one. */
export async function postgresAccount(): Promise<Account> {
  const account = (await lookUp()) ?? (await create());
  if (!account) {
    throw new Error(
      "PostgreSQL refuses to run as root, there is no operating-system user `postgres`, and none could be made " +
        "(tried useradd and adduser). Make that user or start as another user than root",
    );
  }
  return account;
}

/** Whether `account` can come to `path` and has the bits `wanted` there. */
export async function reaches(account: Account, path: string, wanted: number): Promise<boolean> {
  let current = await realpath(path);
  if (!permits(account, await stat(current), wanted)) return false;
  while (dirname(current) !== current) {
    current = dirname(current);
    if (!permits(account, await stat(current), ENTER)) return false;
  }
  return true;
}

function permits(account: Account, file: Stats, wanted: number): boolean {
  const shift = file.uid === account.uid ? 6 : file.gid === account.gid ? 3 : 0;
  return ((file.mode >> shift) & wanted) === wanted;
}

async function lookUp(): Promise<Account | undefined> {
  const lines = (await readFile("/etc/passwd", "utf8")).split("\n").map((line) => line.split(":"));
  // macOS calls it `_postgres`.
  const line = lines.find(([name]) => name === "postgres" || name === "_postgres");
  const account = { uid: Number(line?.[2]), gid: Number(line?.[3]) };
  return account.uid > 0 && account.gid >= 0 ? account : undefined;
}

async function create(): Promise<Account | undefined> {
  const shadow = ["useradd", "--system", "--user-group", "--no-create-home", "--shell", "/bin/false", "postgres"];
  const busybox = ["adduser", "-S", "-D", "-H", "-s", "/bin/false", "postgres"];
  for (const [program = "", ...args] of [shadow, busybox]) {
    await run(program, args).catch(() => undefined);
    const account = await lookUp();
    if (account) return account;
  }
  return undefined;
}
