import type { ClientBase } from "pg";
import type { DataSource } from "typeorm";
import { accessTopic } from "../features/people/index.js";
import { loadGazetteer } from "../features/cities/index.js";
import { WebhookWorker } from "../features/webhooks/index.js";
import { Relay } from "../platform/changes/relay.js";
import type { Config } from "../platform/config.js";
import type { Services } from "../platform/context.js";
import { migrate } from "../platform/database/migrate.js";
import { Workers } from "../platform/jobs/workers.js";
import { Admission } from "../platform/limits/query.js";
import type { Log } from "../platform/log.js";
import { Rates } from "../platform/limits/rates.js";
import { HeldReads } from "../platform/reading/held.js";
import { createMailer } from "../platform/mail.js";
import { createSecrets } from "../platform/secrets.js";
import { createDataSource, poolOf } from "./data-source.js";
import { LiveRequests } from "./live-requests.js";
import { theSchema } from "./schema.js";
import { checkSecretKey, secretKey } from "./secret-key.js";
import { viewerOfPerson, viewerOfSession } from "./viewer.js";

/** The services of a process, and the way to begin and end what runs by itself. */
export interface OpenServices extends Services {
  /** The one gate of all documents. */
  admission: Admission;
  /** What subscriptions ask for, however they come. */
  requests: LiveRequests;
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
    const reads = new HeldReads(() => changes.heardAgo());
    const heard = (): void => reads.forget();
    const changes: Relay = new Relay({ pool, url, pollMs: config.changePollMs, urgent: [accessTopic], log, heard });
    await changes.start();
    const jobs = new Workers(pool, log);
    const schema = theSchema();
    const admission = new Admission(schema, config.introspection);
    const services: Services = {
      config,
      log,
      now,
      secrets,
      pool,
      changes,
      reads,
      jobs,
      rates: new Rates(config, now),
      db: dataSource.manager,
      mailer: createMailer(config, log),
      viewerOf: (sessionId) => viewerOfSession(pool, sessionId, now()),
      viewerOfPerson: (personId) => viewerOfPerson(pool, personId, now()),
      live: { ofPerson: (asked, personId) => requests.ofPerson(asked, personId) },
    };
    const requests = new LiveRequests(services, schema, admission);
    const webhooks = new WebhookWorker(services);
    return Object.assign(services, {
      admission,
      requests,
      async work() {
        await jobs.start(services);
        await webhooks.start();
      },
      async close() {
        await Promise.all([jobs.stop(), webhooks.stop()]);
        await changes.stop();
        await dataSource.destroy();
      },
    });
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }
}
