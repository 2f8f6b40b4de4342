import { strictEqual } from "node:assert";
import { setTimeout as wait } from "node:timers/promises";
import { toGlobalId } from "../../src/platform/database/ids.js";
import { newToken, tokenHash } from "../../src/platform/secrets.js";
import type { BenchDatabase } from "./database.js";
import { reporterSql, seedSql } from "./seed.js";

const patienceMs = 60_000;
const mutation = `mutation Report($input: ReportTurnoutInput!) { reportTurnout(input: $input) { report { id } } }`;

/** A campaign of 20,000 events, and somebody of its staff who reports of one of them. */
export interface Reported {
  campaign: string;
  /** The row id of the event. */
  event: string;
  /** Reports one more than before, and answers how many. */
  report(url: string): Promise<number>;
}

export async function seedReported(database: BenchDatabase): Promise<Reported> {
  await database.query(seedSql());
  await database.query("VACUUM ANALYZE");
  const token = newToken();
  const [ids] = await database.query<{ campaign: string; event: string; begins: Date }>(reporterSql, [
    tokenHash(token),
  ]);
  const { campaign, event, begins } = ids!;
  let count = 1_000;
  const report = async (url: string): Promise<number> => {
    // Each a second later, while the event lasts: what is odd at the door would count nowhere.
    const observedAt = new Date(begins.getTime() + ++count * 1_000);
    const input = { eventId: toGlobalId("Event", event), count, observedAt };
    const response = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: mutation, variables: { input } }),
    });
    const answer = await response.text();
    strictEqual(response.status, 200, answer);
    strictEqual(answer.includes('"errors"'), false, answer);
    return count;
  };
  return { campaign: toGlobalId("Campaign", campaign), event, report };
}

export async function until(what: string, condition: () => Promise<boolean>): Promise<void> {
  const patience = performance.now() + patienceMs;
  while (!(await condition())) {
    if (performance.now() > patience) throw new Error(`${what}: not within ${patienceMs} ms`);
    await wait(20);
  }
}

/** The promise, when it doesn't take too long. */
export async function inTime<T>(what: string, promise: Promise<T>): Promise<T> {
  const stop = new AbortController();
  const late = wait(patienceMs, undefined, { signal: stop.signal }).then(() => {
    throw new Error(`${what}: not within ${patienceMs} ms`);
  });
  late.catch(() => undefined);
  return Promise.race([promise, late]).finally(() => stop.abort());
}
