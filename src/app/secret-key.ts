import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { ClientBase } from "pg";
import { ConfigFault, type Config } from "../platform/config.js";
import type { Secrets } from "../platform/secrets.js";

/** The secret key: of the configuration, or of a file in the data folder that the first start makes. */
export async function secretKey(config: Config): Promise<Buffer> {
  if (config.secretKey) return Buffer.from(config.secretKey, "hex");
  const file = path.join(config.dataDir, "secret.key");
  await mkdir(config.dataDir, { recursive: true });
  // The first of several starters makes it; all of them read it.
  await writeFile(file, randomBytes(32).toString("hex"), { mode: 0o600, flag: "wx" }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    },
  );
  return Buffer.from((await readFile(file, "utf8")).trim(), "hex");
}

/** Refuses a key that the database's contact data were not sealed with: with it nobody could be found again. */
export async function checkSecretKey(client: ClientBase, secrets: Secrets): Promise<void> {
  const mark = secrets.fingerprint("key check", "rallygraph").toString("hex");
  await client.query(`INSERT INTO settings (name, value) VALUES ('secret_key_mark', $1) ON CONFLICT DO NOTHING`, [
    mark,
  ]);
  const { rows } = await client.query<{ value: string }>(`SELECT value FROM settings WHERE name = 'secret_key_mark'`);
  if (rows[0]!.value !== mark)
    throw new ConfigFault([
      "SECRET_KEY: is not the key of this database; set the one that it was first started with (or its secret.key file)",
    ]);
}
