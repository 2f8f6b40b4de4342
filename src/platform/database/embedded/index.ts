import { prepareBinaries } from "./binaries.js";
import { ensureCluster, USER } from "./cluster.js";
import { findPlace } from "./place.js";
import { ensureDatabase } from "./session.js";
import { bringUp, type Job, type Running } from "./start.js";
import { keepMarked, letGo } from "./usage.js";

/** A running server, in use by this process until `stop`. */
export interface EmbeddedPostgres {
  url: string;
  /** true when a server of this data folder was already running and was adopted */
  adopted: boolean;
  /** the folder that PostgreSQL keeps its data in */
  dataFolder: string;
  /**
   * Ends this process's use of the server; the last user stops it, whoever started it. So everybody calls it: a
   * command that ends doesn't take the database from a server that adopted it, and nobody leaves an unused one running.
   */
  stop(): Promise<void>;
}

/** What to start, and how. */
export interface EmbeddedOptions {
  dataDir: string;
  database: string;
  /** settings of PostgreSQL for a server that is started now; an adopted one keeps its own */
  settings?: Record<string, string>;
  log?: (message: string) => void;
}

/** Starts (or adopts) the PostgreSQL of the data folder and makes sure that the database `database` exists. */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  try {
    const job = await prepare(options);
    const running = await bringUp(job);
    await ensureDatabase(running.session, options.database).catch(async (error: unknown) => {
      await letGo(job, running);
      throw error;
    });
    keepMarked(job, running);
    return describe(job, running, options.database);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `The embedded PostgreSQL cannot be used: ${reason}\nSet DATABASE_URL to use a PostgreSQL of your own.`,
      { cause: error },
    );
  }
}

async function prepare({ dataDir, settings = {}, log = () => undefined }: EmbeddedOptions): Promise<Job> {
  const place = await findPlace(dataDir, log);
  const binaries = await prepareBinaries(place.account);
  const password = await ensureCluster(place, binaries);
  return { place, binaries, password, settings, log };
}

function describe(job: Job, running: Running, database: string): EmbeddedPostgres {
  let stopping: Promise<void> | undefined;
  return {
    url: `postgres://${USER}:${job.password}@127.0.0.1:${running.port}/${encodeURIComponent(database)}?sslmode=disable`,
    adopted: running.adopted,
    dataFolder: job.place.cluster,
    stop: () => (stopping ??= letGo(job, running)),
  };
}
