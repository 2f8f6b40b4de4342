import type { Config } from "../platform/config.js";
import { startEmbedded } from "../platform/database/embedded/index.js";
import type { Log } from "../platform/log.js";

/** The database of the configuration: DATABASE_URL, or an embedded PostgreSQL in the data folder. */
export async function openDatabase(config: Config, log: Log): Promise<{ url: string; stop(): Promise<void> }> {
  if (config.databaseUrl) return { url: config.databaseUrl, stop: () => Promise.resolve() };
  return startEmbedded({
    dataDir: config.dataDir,
    database: "rallygraph",
    settings: { max_connections: String(config.databasePool + 30) },
    log: (message) => log.info(message),
  });
}
