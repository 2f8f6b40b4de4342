import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { openServices } from "../../src/app/services.js";
import { readConfig } from "../../src/platform/config.js";
import type { Services } from "../../src/platform/context.js";
import { openScratch } from "../../src/platform/database/scratch.js";
import { createLog } from "../../src/platform/log.js";
import { post } from "../support/client.js";
import { makeFactories } from "../support/factories.js";
import { dataFolder, startProcess } from "../support/process.js";

jest.setTimeout(150_000);

/** As many as a rally has followers: `NOTICES=1000` for more. */
const people = Number(process.env["NOTICES"] ?? 200);
/** How many letters one node sends at a time. */
const inFlight = 5;

/** The mails about an event, by subject: who got it, and how often. */
async function mailsIn(folder: string): Promise<{ to: string; subject: string; name: string }[]> {
  const outbox = path.join(folder, "outbox");
  const names = (await readdir(outbox).catch(() => [])).filter((name) => name.endsWith(".eml")).sort();
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(path.join(outbox, name), "utf8");
      return { name, to: /^To: (\S+)/m.exec(text)![1]!, subject: /^Subject: (.*)/m.exec(text)![1]! };
    }),
  );
}

async function countOf(folder: string): Promise<number> {
  return (await readdir(path.join(folder, "outbox")).catch(() => [])).filter((name) => name.endsWith(".eml")).length;
}

const until = async (condition: () => Promise<boolean>): Promise<void> => {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20));
};

async function unsettled({ pool }: Services): Promise<number> {
  const { rows } = await pool.query<{ open: number }>(
    `SELECT (SELECT count(*) FROM letters WHERE sent_at IS NULL AND dropped IS NULL)::int
          + (SELECT count(*) FROM pgboss.job WHERE state < 'completed')::int AS open`,
  );
  return rows[0]!.open;
}

/** Lets the time pass after which the jobs of a killed server count as lost; gives how many seconds that were for each. */
async function giveUp({ pool }: Services): Promise<number[]> {
  const { rows } = await pool.query<{ seconds: number }>(
    `UPDATE pgboss.job SET started_on = started_on - expire_in WHERE state = 'active'
     RETURNING extract(epoch FROM expire_in)::int AS seconds`,
  );
  await pool.query("UPDATE pgboss.version SET maintained_on = NULL");
  return rows.map(({ seconds }) => seconds);
}

test(`an event that moves twice and is cancelled, with the server killed among ${people} mails, is told to each of them, once, as it is`, async () => {
  const scratch = await openScratch(process.env["TEST_SERVER"]);
  const url = await scratch.create(process.env["TEST_TEMPLATE"]);
  const { folder, remove } = await dataFolder();
  const env = { DATABASE_URL: url, DATA_DIR: folder, SECRET_KEY: "11".repeat(32), DEMO: "false", LAME_DUCK_MS: "0" };
  const services = await openServices(readConfig(env), url, createLog("silent"), () => new Date());
  const a = makeFactories(() => services);
  const campaign = await a.campaign();
  const staff = await a.staff(campaign);
  const event = await a.event({ campaign });
  await a.followers(event, people);

  const first = await startProcess(env);
  const call = async (name: string, input: object): Promise<void> => {
    const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
    const query = `mutation($input: ${type}!) { ${name}(input: $input) { event { id } } }`;
    const reply = await post(first.url, query, { input: { eventId: event.id, ...input } }, staff.token);
    expect(reply.code).toBe("OK");
  };
  await call("rescheduleEvent", { version: 1, startsAt: "2027-01-24T11:00" });
  await call("rescheduleEvent", { version: 2, startsAt: "2027-01-25T12:00" });
  await until(async () => (await countOf(folder)) > 100);
  await call("cancelEvent", { reason: "Ice" });
  const cancelledAt = new Date().toISOString().replaceAll(/[:.]/g, "-");
  const movedBefore = (await countOf(folder)) + inFlight;
  await until(async () => (await countOf(folder)) > movedBefore + people / 3);
  await first.end("SIGKILL");
  const lost = await giveUp(services);

  const second = await startProcess(env);
  await until(async () => (await unsettled(services)) === 0);
  expect(lost.filter((seconds) => seconds !== 20)).toEqual([]);

  const mails = await mailsIn(folder);
  const cancelled = mails.filter(({ subject }) => subject.startsWith("Cancelled"));
  const times = Map.groupBy
    ? [...Map.groupBy(cancelled, ({ to }) => to).values()].map((group) => group.length)
    : [...new Set(cancelled.map(({ to }) => to))].map((to) => cancelled.filter((mail) => mail.to === to).length);
  expect(times).toHaveLength(people);
  expect(times.filter((count) => count > 1).length).toBeLessThanOrEqual(inFlight);
  expect(Math.max(...times)).toBeLessThanOrEqual(2);
  const late = mails.filter(({ subject, name }) => !subject.startsWith("Cancelled") && name > cancelledAt);
  expect(late.length).toBeLessThanOrEqual(inFlight);

  expect(await second.end("SIGTERM")).toBe(0);
  await services.close();
  await scratch.drop(url);
  await remove();
});
