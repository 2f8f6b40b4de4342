import { deepStrictEqual } from "node:assert";
import { toGlobalId } from "../src/platform/database/ids.js";
import { attackSql, lieOf } from "./support/attack.js";
import { type BenchDatabase, openDatabase } from "./support/database.js";
import { judge, median, print } from "./support/figures.js";
import { startRallygraph } from "./support/rallygraph.js";
import { tokenOf } from "./support/shifts.js";

const accounts = 1_000;
const atOnce = 8;
const timed = 100;
/** What three peacekeepers see, minutes ago, within 3 % of how many there are. */
const rounds = [
  { ago: 100, truth: 1_000, seen: [970, 1_030, 1_000] },
  { ago: 70, truth: 1_040, seen: [1_010, 1_070, 1_040] },
  { ago: 10, truth: 1_080, seen: [1_050, 1_110, 1_080] },
];
const fields = "low high peakLow peakHigh state lowest highest median reporting scheduled closed reports observedAt";

interface Turnout {
  low: number;
  high: number;
  reports: number;
}
type Ids = Record<"campaign" | "attacked" | "twin" | "calm", string>;

type Ask = <Data>(query: string, variables: object, person?: number) => Promise<Data>;

/** A caller of the API, by the number of a person; nobody without one. */
const callerAt =
  (url: string): Ask =>
  async <Data>(query: string, variables: object, person?: number) => {
    const headers = new Headers({ "content-type": "application/json" });
    if (person !== undefined) headers.set("authorization", `Bearer ${tokenOf(person)}`);
    const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify({ query, variables }) });
    const { data, errors } = (await answer.json()) as { data: Data; errors?: { message: string }[] };
    if (errors) throw new Error(errors[0]!.message);
    return data;
  };

function board(ask: Ask, ids: Ids) {
  const report = async (person: number, event: "attacked" | "twin" | "calm", input: object): Promise<number> => {
    const began = performance.now();
    const query = "mutation($input: ReportTurnoutInput!) { reportTurnout(input: $input) { report { id } } }";
    await ask(query, { input: { eventId: toGlobalId("Event", ids[event]), ...input } }, person);
    return performance.now() - began;
  };
  const read = async (event: "attacked" | "twin"): Promise<Turnout> => {
    const variables = { id: toGlobalId("Event", ids[event]) };
    const query = `query($id: ID!) { event(id: $id) { turnout { ${fields} } } }`;
    return (await ask<{ event: { turnout: Turnout } }>(query, variables)).event.turnout;
  };
  return { report, read };
}

/** All accounts report, some at once; looks at the published interval all the while. */
async function attack({ report, read }: ReturnType<typeof board>, look: (turnout: Turnout) => void): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let n = next++; n < accounts; n = next++) {
      await report(4 + n, "attacked", lieOf(n));
      if (n % 50 === 0) look(await read("attacked"));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

async function besiege(at: ReturnType<typeof board>): Promise<number> {
  let furthest = 0;
  await attack(at, (turnout) => deepStrictEqual([turnout.low, turnout.high], [null, null]));
  for (const { ago, truth, seen } of rounds) {
    const look = ({ low, high }: Turnout): void => {
      furthest = Math.max(furthest, Math.abs(low - truth) / truth, Math.abs(high - truth) / truth);
    };
    for (const [n, count] of seen.entries()) {
      const input = { count, method: "CLICKER", observedAt: new Date(Date.now() - ago * 60_000).toISOString() };
      for (const event of ["attacked", "twin"] as const) await at.report(1 + n, event, input);
      look(await at.read("attacked"));
    }
    await attack(at, look);
    look(await at.read("attacked"));
  }
  return furthest;
}

/** Puts everybody unknown into quarantine, or lets them out of it, 100 at a time; gives how long that takes. */
async function markAll(database: BenchDatabase, ask: Ask, campaign: string, name: string): Promise<number> {
  const voices = await database.query<{ id: string }>(
    "SELECT DISTINCT reporter_id AS id FROM turnout_reports WHERE source = 'PUBLIC' ORDER BY 1",
  );
  const reporterIds = voices.map(({ id }) => toGlobalId("TurnoutReporter", id));
  const began = performance.now();
  for (let n = 0; n < reporterIds.length; n += 100) {
    const ids = reporterIds.slice(n, n + 100);
    const query = `mutation($campaign: ID!, $ids: [ID!]!) {
      ${name}(input: { campaignId: $campaign, reporterIds: $ids, reason: "Hostile" }) { campaign { id } } }`;
    await ask(query, { campaign: toGlobalId("Campaign", campaign), ids }, 0);
  }
  return (performance.now() - began) / Math.ceil(reporterIds.length / 100);
}

async function timesOf({ report }: ReturnType<typeof board>, event: "attacked" | "calm"): Promise<string> {
  const ms: number[] = [];
  for (let n = 0; n < timed; n++) ms.push(await report(4 + n, event, lieOf(n)));
  const sorted = ms.sort((one, other) => one - other);
  return `${median(sorted).toFixed(1)}, ${sorted[Math.floor(timed * 0.95)]!.toFixed(1)}`;
}

async function fight(database: BenchDatabase, ask: Ask): Promise<void> {
  const [ids] = await database.query<Ids>(attackSql, [accounts + 4]);
  const at = board(ask, ids!);
  const furthest = 100 * (await besiege(at));
  const calm = await timesOf(at, "calm");
  const attacked = await timesOf(at, "attacked");
  const before = await at.read("attacked");
  const quarantined = await markAll(database, ask, ids!.campaign, "quarantineReporters");
  deepStrictEqual(await at.read("attacked"), await at.read("twin"));
  const lifted = await markAll(database, ask, ids!.campaign, "liftQuarantines");
  deepStrictEqual(await at.read("attacked"), before);
  print(`hostile: ${accounts} accounts, ${before.reports} reports of one event, against three peacekeepers`, {
    "a report there, ms (median, 95 of 100)": attacked,
    "a report of an event with few, ms": calm,
    "100 reporters into quarantine, ms": quarantined,
    "100 reporters out of it, ms": lifted,
  });
  console.log("  in quarantine: equal in all fields to an event that never had them; lifted: as it was before");
  judge("furthest that the interval was from the truth", furthest, { most: 10, unit: " %" });
}

/** 1,000 hostile accounts against three peacekeepers: how far they move what is published, and what is left of them. */
export async function hostile(): Promise<void> {
  const database = await openDatabase();
  const ours = startRallygraph(database);
  try {
    await fight(database, callerAt(`${await ours.ask("url")}/graphql`));
  } finally {
    await ours.stop();
    await database.close();
  }
}
