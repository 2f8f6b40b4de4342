import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Client } from "pg";
import { startEmbedded } from "./embedded/index.js";

/** A server for databases that nobody keeps: for tests, benchmarks and checks. */
export interface Scratch {
  /** Makes an empty database, or a copy of another, with these settings for who connects to it, and gives its URL. */
  create(template?: string, settings?: Record<string, string>): Promise<string>;
  drop(url: string): Promise<void>;
  stop(): Promise<void>;
}

/** Nothing has to outlive a crash. */
const careless = { fsync: "off", synchronous_commit: "off", full_page_writes: "off" };

/** Databases on the server of `url`, or on an embedded one that is thrown away; `durable`: it commits as one that is kept. */
export async function openScratch(url: string | undefined, durable = false): Promise<Scratch> {
  if (url) return scratchAt(url, () => Promise.resolve());
  const folder = await mkdtemp(path.join(tmpdir(), "rallygraph-"));
  // Started as root, PostgreSQL runs as another user, who must be able to enter.
  await chmod(folder, 0o755);
  const settings = { ...(durable ? {} : careless), max_connections: "300" };
  const server = await startEmbedded({ dataDir: folder, database: "scratch", settings });
  return scratchAt(server.url, async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });
}

const nameIn = (url: string): string => new URL(url).pathname.slice(1);

function scratchAt(server: string, stop: () => Promise<void>): Scratch {
  const asked = async (sql: string): Promise<void> => {
    const client = new Client({ connectionString: server });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  };
  return {
    async create(template, settings = {}) {
      const name = `rallygraph_${randomBytes(6).toString("hex")}`;
      // As files: block by block through the log, as is usual, takes twice as long.
      await asked(`CREATE DATABASE ${name}${template ? ` TEMPLATE ${nameIn(template)} STRATEGY FILE_COPY` : ""}`);
      for (const [key, value] of Object.entries(settings)) await asked(`ALTER DATABASE ${name} SET ${key} = ${value}`);
      const url = new URL(server);
      url.pathname = `/${name}`;
      return url.href;
    },
    drop: (url) => asked(`DROP DATABASE IF EXISTS ${nameIn(url)} WITH (FORCE)`),
    stop,
  };
}
