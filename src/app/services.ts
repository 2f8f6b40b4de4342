import type { ClientBase } from "pg";
import type { DataSource } from "typeorm";
import { loadGazetteer } from "../features/cities/index.js";
import { Relay } from "../platform/changes/relay.js";
import type { Config } from "../platform/config.js";
import type { Services } from "../platform/context.js";
import { migrate } from "../platform/database/migrate.js";
import type { Log } from "../platform/log.js";
import { createMailer } from "../platform/mail.js";
import { createSecrets } from "../platform/secrets.js";
import { createDataSource, poolOf } from "./data-source.js";
import { checkSecretKey, secretKey } from "./secret-key.js";
import { viewerOfSession } from "./viewer.js";

/** Everything that a process has once the database is up to date; `close` gives the connections back. */
export async function openServices(
  config: Config,
  url: string,
  log: Log,
  now: () => Date,
): Promise<Services & { close(): Promise<void> }> {
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
    return {
      config,
      log,
      now,
      secrets,
      pool,
      changes,
      db: dataSource.manager,
      mailer: createMailer(config, log),
      viewerOf: (sessionId) => viewerOfSession(pool, sessionId, now()),
      async close() {
        await changes.stop();
        await dataSource.destroy();
      },
    };
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }
}
