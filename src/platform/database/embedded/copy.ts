import { createHash } from "node:crypto";
import { chmod, cp, lstat, mkdtemp, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";

// Not os.tmpdir() on Unix: it may be private to us, or memory.
const SHARED = process.platform === "win32" ? tmpdir() : "/var/tmp";

/** Copies the programs once to where every account can read them, finishes the copy with `complete`, returns its folder. */
export async function copyPackage(folder: string, complete: (copy: string) => Promise<void>): Promise<string> {
  const contents = await listContents(folder);
  const { version } = JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as { version: string };
  const hash = createHash("sha256").update(`${process.geteuid?.()}\n${contents}`).digest("hex").slice(0, 16);
  const target = join(SHARED, `rallygraph-postgres-${version}-${hash}`);
  if (await isIntact(target, contents)) return target;
  const temporary = await mkdtemp(`${target}.`);
  try {
    await cp(join(folder, "native"), join(temporary, "native"), { recursive: true, verbatimSymlinks: true });
    await complete(temporary);
    await openToAll(temporary);
    await putInPlace(temporary, target, contents);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
  if (await isIntact(target, contents)) return target;
  throw new Error(`${target}, the copy of ${folder}, is not complete`);
}

/** False when it has to be made (again: cleaners of temporary folders take single files); another user's is refused. */
async function isIntact(target: string, contents: string): Promise<boolean> {
  const found = await lstat(target).catch(() => undefined);
  if (!found) return false;
  const own = process.geteuid?.();
  if (!found.isDirectory() || (own !== undefined && (found.uid !== own || (found.mode & 0o022) !== 0))) {
    throw new Error(`${target} is not ours alone, so its programs cannot be trusted: remove it`);
  }
  return (await listContents(target)) === contents;
}

/** Puts the finished copy in its place; another starter's is as good, if it came first. */
async function putInPlace(temporary: string, target: string, contents: string): Promise<void> {
  for (const last of [false, true]) {
    const moved = await rename(temporary, target).then(
      () => true,
      () => false,
    );
    if (moved || last || (await isIntact(target, contents))) return;
    await rename(target, `${temporary}.old`).catch(() => undefined);
    await rm(`${temporary}.old`, { recursive: true, force: true });
  }
}

/** Names and sizes of the regular files; symlinks come later in a copy. */
async function listContents(folder: string): Promise<string> {
  const entries = await readdir(join(folder, "native"), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const lines = files.map(async (file) => `${relative(folder, file)} ${(await stat(file)).size}`);
  return (await Promise.all(lines)).toSorted().join("\n");
}

// A strict umask at `npm install` would have left files that only their owner can read.
async function openToAll(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((each) => !each.isSymbolicLink())) {
    const path = join(entry.parentPath, entry.name);
    const runs = entry.isDirectory() || ((await stat(path)).mode & 0o100) !== 0;
    await chmod(path, runs ? 0o755 : 0o644);
  }
  await chmod(folder, 0o755);
}
