import type { ClientBase } from "pg";
import type { DataSource } from "typeorm";
import { loadGazetteer } from "../features/cities/index.js";
import { Relay } from "../platform/changes/relay.js";
import type { Config } from "../platform/config.js";
import type { Services } from "../platform/context.js";
import { migrate } from "../platform/database/migrate.js";
import { Workers } from "../platform/jobs/workers.js";
import type { Log } from "../platform/log.js";
import { createMailer } from "../platform/mail.js";
import { createSecrets } from "../platform/secrets.js";
import { createDataSource, poolOf } from "./data-source.js";
import { checkSecretKey, secretKey } from "./secret-key.js";
import { viewerOfPerson, viewerOfSession } from "./viewer.js";

/** The services of a process, and the way to begin and end what runs by itself. */
export interface OpenServices extends Services {
  /** Begins to do jobs; without it they are only added. */
  work(): Promise<void>;
  /** Ends the jobs that run and gives the connections back. */
  close(): Promise<void>;
}

/** Everything that a process has once the database is up to date. */
export async function openServices(config: Config, url: string, log: Log, now: () => Date): Promise<OpenServices> {
  const secrets = createSecrets(await secretKey(config));
  const dataSource: DataSource = createDataSource(url, config.databasePool, (error) =>
    log.warn({ error }, "idle database connection lost"),
  );
  await dataSource.initialize();
  try {
    await migrate(url, dataSource, async (client: ClientBase) => {
      await checkSecretKey(client, secrets);
      await loadGazetteer(client);
    });
    const pool = poolOf(dataSource);
    const changes = new Relay({ pool, url, pollMs: config.changePollMs, log });
    await changes.start();
    const jobs = new Workers(pool, log);
    const services: Services = {
      config,
      log,
      now,
      secrets,
      pool,
      changes,
      jobs,
      db: dataSource.manager,
      mailer: createMailer(config, log),
      viewerOf: (sessionId) => viewerOfSession(pool, sessionId, now()),
      viewerOfPerson: (personId) => viewerOfPerson(pool, personId, now()),
    };
    return Object.assign(services, {
      work: () => jobs.start(services),
      async close() {
        await jobs.stop();
        await changes.stop();
        await dataSource.destroy();
      },
    });
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }
}
