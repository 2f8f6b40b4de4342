import { readFile } from "node:fs/promises";
import path from "node:path";
import { openDatabase } from "../../src/app/database.js";
import { type OpenServices, openServices } from "../../src/app/services.js";
import { readConfig } from "../../src/platform/config.js";
import { createLog } from "../../src/platform/log.js";
import { post } from "../support/client.js";
import { makeFactories } from "../support/factories.js";
import { dataFolder, type ServerProcess, startProcess } from "../support/process.js";

jest.setTimeout(150_000);

const claims = `mutation($s: ID!, $k: String) { claimShift(input: { shiftId: $s, idempotencyKey: $k }) { signup { id status } } }`;
const day = 24 * 3_600_000;

interface Claim {
  token: string;
  shift: string;
  key: string;
  /** The id that the server has acknowledged. */
  signup?: string;
}

test("no acknowledged claim is lost, and none is there twice, when PostgreSQL and then the server are killed in a storm of claims", async () => {
  const { folder, remove } = await dataFolder();
  const env = { DATA_DIR: folder, SECRET_KEY: "11".repeat(32), DEMO: "false", LAME_DUCK_MS: "0" };
  const inside = async <Result>(work: (services: OpenServices) => Promise<Result>): Promise<Result> => {
    const [config, log] = [readConfig(env), createLog("silent")];
    const database = await openDatabase(config, log);
    const services = await openServices(config, database.url, log, () => new Date());
    const result = await work(services);
    await services.close();
    await database.stop();
    return result;
  };
  const kill: Record<string, (server: ServerProcess) => Promise<void>> = {
    PostgreSQL: async () => {
      const [pid] = (await readFile(path.join(folder, "postgres", "postmaster.pid"), "utf8")).split("\n");
      process.kill(Number(pid), "SIGKILL");
    },
    server: async (server) => void (await server.end("SIGKILL")),
  };

  let server = await startProcess(env);
  for (const victim of Object.keys(kill)) {
    const storm = await inside(claimants);
    await claimAll(server, storm, 15, kill[victim]);
    const before = storm.filter(({ signup }) => signup !== undefined).length;
    expect(before).toBeGreaterThanOrEqual(15);
    expect(before).toBeLessThan(storm.length);
    if (victim === "PostgreSQL") await server.end("SIGKILL");
    server = await startProcess(env);
    // Whoever got no answer asks again with the same key, and so does whoever got one.
    const again = storm.map((claim) => ({ ...claim, signup: undefined }));
    await claimAll(server, again);
    storm.forEach(({ signup }, n) =>
      expect([again[n]!.signup, signup ?? again[n]!.signup]).toEqual([again[n]!.signup, again[n]!.signup]),
    );
    expect(await inside(countsOf)).toEqual([]);
  }
  expect(await server.end("SIGTERM")).toBe(0);
  await remove();
});

/** 60 people, each of whom wants one of six shifts of ten places. */
async function claimants(services: OpenServices): Promise<Claim[]> {
  const a = makeFactories(() => services);
  const startsAt = new Date(Date.now() + 5 * day);
  const endsAt = new Date(startsAt.getTime() + day / 12);
  const event = await a.event({ startsAt, endsAt });
  const shifts = await Promise.all([1, 2, 3, 4, 5, 6].map(() => a.shift({ event, startsAt, endsAt, capacity: 10 })));
  const people = await Promise.all(Array.from({ length: 60 }, () => a.peacekeeper()));
  return people.map(({ token, id }, n) => ({ token, shift: shifts[n % shifts.length]!, key: id }));
}

/** All claim at once; after so many answers, something happens to the server. */
async function claimAll(
  server: ServerProcess,
  storm: Claim[],
  answers = 0,
  strike?: (server: ServerProcess) => Promise<void>,
): Promise<void> {
  let left = answers;
  let struck: Promise<void> | undefined;
  const one = async (claim: Claim): Promise<void> => {
    const reply = await post(server.url, claims, { s: claim.shift, k: claim.key }, claim.token).catch(() => undefined);
    if (reply?.code !== "OK") return;
    expect(reply.data.claimShift.signup.status).toBe("CONFIRMED");
    claim.signup = reply.data.claimShift.signup.id as string;
    if (--left <= 0) struck ??= strike?.(server);
  };
  await Promise.all(storm.map(one));
  await struck;
}

/** The shifts that count other places than are held, or whose sign-ups have taken more than their one step. */
const countsOf = async ({ pool }: OpenServices): Promise<unknown[]> =>
  (
    await pool.query(
      `SELECT s.id, s.taken, s.confirmed, count(DISTINCT g.id)::int AS held, count(t.*)::int AS steps
       FROM shifts s LEFT JOIN shift_signups g ON g.shift_id = s.id AND g.status = 'CONFIRMED' LEFT JOIN signup_steps t ON t.signup_id = g.id
       GROUP BY s.id HAVING s.taken <> 10 OR s.confirmed <> 10 OR count(DISTINCT g.id) <> 10 OR count(t.*) <> 10`,
    )
  ).rows;
