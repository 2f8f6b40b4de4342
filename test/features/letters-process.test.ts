import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { openServices } from "../../src/app/services.js";
import { letter, sendLetter } from "../../src/features/letters/index.js";
import { personWith } from "../../src/features/people/index.js";
import { readConfig } from "../../src/platform/config.js";
import type { Services } from "../../src/platform/context.js";
import { openScratch } from "../../src/platform/database/scratch.js";
import { transact } from "../../src/platform/database/transact.js";
import { createLog } from "../../src/platform/log.js";
import { systemContext } from "../support/jobs.js";
import { dataFolder, startProcess } from "../support/process.js";

jest.setTimeout(120_000);

const people = 1_000;
/** How many letters one node sends at a time. */
const inFlight = 5;
const call = letter<object>("test-call", () => Promise.resolve(null));

const queueLetters = (services: Services): Promise<void> =>
  transact(systemContext(services), "test", async (tx) => {
    const wanted = [];
    for (let number = 0; number < people; number++) {
      const personId = await personWith(tx, `person-${number}@rallygraph.example`);
      wanted.push({ personId, key: personId, data: {} });
    }
    await sendLetter(tx, call, wanted);
  });

const mails = async (folder: string): Promise<string[]> =>
  (await readdir(path.join(folder, "outbox")).catch(() => [])).filter((name) => name.endsWith(".eml"));

async function timesByAddress(folder: string): Promise<Map<string, number>> {
  const times = new Map<string, number>();
  for (const name of await mails(folder)) {
    const address = /^To: (\S+)/m.exec(await readFile(path.join(folder, "outbox", name), "utf8"))![1]!;
    times.set(address, (times.get(address) ?? 0) + 1);
  }
  return times;
}

async function unsent({ pool }: Services): Promise<number> {
  const { rows } = await pool.query<{ unsent: number }>(
    "SELECT count(*)::int AS unsent FROM letters WHERE sent_at IS NULL",
  );
  return rows[0]!.unsent;
}

test("loses none of 1,000 letters to a server killed in the middle, and sends only those in flight twice, all within a minute", async () => {
  const scratch = await openScratch(process.env["TEST_SERVER"]);
  const url = await scratch.create(process.env["TEST_TEMPLATE"]);
  const { folder, remove } = await dataFolder();
  const env = { DATABASE_URL: url, DATA_DIR: folder, SECRET_KEY: "11".repeat(32), DEMO: "false", LAME_DUCK_MS: "0" };
  const services = await openServices(readConfig(env), url, createLog("silent"), () => new Date());
  await queueLetters(services);

  const first = await startProcess(env, "test/support/post-office.cjs");
  while ((await mails(folder)).length < people / 3) await new Promise((resolve) => setImmediate(resolve));
  await first.end("SIGKILL");
  const killedAt = Date.now();
  expect(await unsent(services)).toBeGreaterThan(people / 3);

  const second = await startProcess(env, "test/support/post-office.cjs");
  while ((await unsent(services)) > 0) await new Promise((resolve) => setTimeout(resolve, 50));
  expect(Date.now() - killedAt).toBeLessThan(60_000);
  const times = await timesByAddress(folder);
  expect(times.size).toBe(people);
  expect([...times.values()].filter((count) => count > 1).length).toBeLessThanOrEqual(inFlight);
  expect(Math.max(...times.values())).toBeLessThanOrEqual(2);

  expect(await second.end("SIGTERM")).toBe(0);
  await services.close();
  await scratch.drop(url);
  await remove();
});
