import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { startEmbedded, type EmbeddedPostgres } from "../../src/platform/database/embedded/index.js";

jest.setTimeout(30_000);

const folders: string[] = [];
const servers: EmbeddedPostgres[] = [];
const strangers: ChildProcess[] = [];
let home = "";

beforeAll(async () => {
  home = await newFolder();
  await (await start()).stop();
});

afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
  for (const stranger of strangers.splice(0)) stranger.kill();
});

afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

test("refuses a cluster whose password file is gone, and names the file", async () => {
  const file = join(home, "postgres.password");
  await rename(file, `${file}.away`);
  await expect(start()).rejects.toThrow(/postgres\.password: put that file back/);
  await rename(`${file}.away`, file);
});

test("tells why a start failed with the last lines of PostgreSQL's log, and what to do instead", async () => {
  const failure = start({ settings: { shared_buffers: "plenty" } });
  await expect(failure).rejects.toThrow(/"shared_buffers": "plenty"[^]*Set DATABASE_URL/);
});

test("leaves a folder alone that holds something else than a database", async () => {
  const folder = await newFolder();
  await mkdir(join(folder, "postgres"), { mode: 0o700 });
  await writeFile(join(folder, "postgres", "holiday.txt"), "mine");
  await expect(start({ dataDir: folder })).rejects.toThrow();
  expect(await readFile(join(folder, "postgres", "holiday.txt"), "utf8")).toBe("mine");
});

test("comes back after kill -9 of the server with every acknowledged row", async () => {
  const server = await start();
  await query(server, "CREATE TABLE promise (id int PRIMARY KEY)");
  const acknowledged = await insertUntilKilled(server);
  const again = await start();
  const rows = await query(again, "SELECT id FROM promise");
  expect(again.adopted).toBe(false);
  expect(acknowledged.length).toBeGreaterThanOrEqual(200);
  expect(rows.map(({ id }) => id)).toEqual(expect.arrayContaining(acknowledged));
});

test("heals a pid file that names a dead process", async () => {
  await leavePidFileOf(spawnSync(process.execPath, ["--version"]).pid);
  await expect(start()).resolves.toMatchObject({ adopted: false });
});

test("heals a pid file that names another program's process", async () => {
  const stranger = await startStranger();
  await leavePidFileOf(stranger.pid);
  await expect(start()).resolves.toMatchObject({ adopted: false });
  expect(stranger.exitCode).toBeNull();
});

test("heals an empty pid file, as a power failure leaves it", async () => {
  await writeFile(join(home, "postgres", "postmaster.pid"), "");
  await expect(start()).resolves.toMatchObject({ adopted: false });
});

test("begins anew where an initdb was cut off", async () => {
  const folder = await newFolder();
  const { pid } = spawnSync(process.execPath, ["--version"]);
  await mkdir(join(folder, `postgres.init-${pid}-abcdef`, "data", "base"), { recursive: true });
  await start({ dataDir: folder });
  expect((await readdir(folder)).toSorted()).toEqual(["postgres", "postgres.log", "postgres.password"]);
});

test("gives a working server to each of three that start an empty folder at once", async () => {
  const dataDir = await newFolder();
  const three = await Promise.all([start({ dataDir }), start({ dataDir }), start({ dataDir })]);
  expect(three.filter(({ adopted }) => !adopted)).toHaveLength(1);
  for (const server of three) expect(await query(server, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
});

test("adopts a living server, which runs until its last user stops it", async () => {
  const first = await start();
  const second = await start();
  expect(second).toMatchObject({ adopted: true, url: first.url });
  await first.stop();
  expect(await query(second, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  await second.stop();
  await expect(stat(join(home, "postgres", "postmaster.pid"))).rejects.toThrow("ENOENT");
});

test("isn't stopped by a command that ends, even if all connections were cut before", async () => {
  const server = await start();
  await cutMarks(server);
  const command = await start();
  await command.stop();
  expect(await query(server, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
});

test("uses the settings given, and makes a database whatever its name", async () => {
  const server = await start({ database: `it's a "day"`, settings: { search_path: `public, it's` } });
  const rows = await query(server, "SELECT current_database() AS name, current_setting('search_path') AS path");
  expect(rows).toEqual([{ name: `it's a "day"`, path: `public, it's` }]);
});

test("keeps letters beyond ASCII in searches", async () => {
  const rows = await query(await start(), "SELECT lower('ŽOFÍN') AS lower, current_setting('TimeZone') AS zone");
  expect(rows).toEqual([{ lower: "žofín", zone: "UTC" }]);
});

const asRoot = process.geteuid?.() === 0 ? test : test.skip;

asRoot("keeps the data of root's closed folders where PostgreSQL can enter", async () => {
  const dataDir = await newFolder(0o700);
  const messages: string[] = [];
  const server = await start({ dataDir, log: (message) => messages.push(message) });
  folders.push(join(server.dataFolder, ".."));
  expect(server.dataFolder).toMatch(/^\/var\/lib\/rallygraph\/\w+\/postgres$/);
  expect(messages).toEqual([expect.stringContaining("/var/lib/rallygraph/")]);
  expect((await stat(join(server.dataFolder, "..", "postgres.password"))).mode & 0o777).toBe(0o600);
});

async function newFolder(mode = 0o755): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "rallygraph-embedded-"));
  folders.push(folder);
  await chmod(folder, mode);
  return folder;
}

async function start(options: Partial<Parameters<typeof startEmbedded>[0]> = {}): Promise<EmbeddedPostgres> {
  const server = await startEmbedded({ dataDir: home, database: "rally", ...options });
  servers.push(server);
  return server;
}

async function query(server: EmbeddedPostgres, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: server.url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Cuts the connections that mark a server as used, and returns when they are back. */
async function cutMarks(server: EmbeddedPostgres): Promise<void> {
  const marks = "FROM pg_stat_activity WHERE application_name = 'rallygraph embedded'";
  await query(server, `SELECT pg_terminate_backend(pid, 5000) ${marks}`);
  const back = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted";
  while ((await query(server, back)).length === 0);
}

/** Inserts row after row, kills the server after the 200th, and returns the rows that it had said yes to. */
async function insertUntilKilled(server: EmbeddedPostgres): Promise<number[]> {
  const client = new Client({ connectionString: server.url });
  client.on("error", () => undefined);
  await client.connect();
  const acknowledged: number[] = [];
  const insert = async (id: number): Promise<void> => {
    await client.query("INSERT INTO promise VALUES ($1)", [id]);
    if (acknowledged.push(id) === 200) process.kill(await serverPid(), "SIGKILL");
    return insert(id + 1);
  };
  await expect(insert(1)).rejects.toThrow();
  return acknowledged;
}

async function serverPid(): Promise<number> {
  return parseInt(await readFile(join(home, "postgres", "postmaster.pid"), "utf8"), 10);
}

async function leavePidFileOf(pid: number | undefined): Promise<void> {
  const server = await start();
  const file = join(home, "postgres", "postmaster.pid");
  const text = await readFile(file, "utf8");
  await server.stop();
  await writeFile(file, text.replace(/^\d+/, String(pid)));
}

/** A program of the account that PostgreSQL runs as: it takes other accounts' processes for strangers by itself. */
async function startStranger(): Promise<ChildProcess> {
  const { uid, gid } = await stat(join(home, "postgres"));
  const stranger = spawn("sleep", ["60"], process.geteuid?.() === 0 ? { uid, gid } : {});
  strangers.push(stranger);
  await once(stranger, "spawn");
  return stranger;
}
