import { openServices, type OpenServices } from "../../src/app/services.js";
import { verifyTurnouts } from "../../src/features/turnout/index.js";
import { readConfig } from "../../src/platform/config.js";
import { openScratch } from "../../src/platform/database/scratch.js";
import { createLog } from "../../src/platform/log.js";
import { post } from "../support/client.js";
import { makeFactories } from "../support/factories.js";
import { startProcess } from "../support/process.js";
import { positionOfRemoval, reportsSince, type Revoked, revoke, seat } from "../support/revoked.js";
import { type Cluster, clusterOf, follow, insist } from "../support/storm.js";

/** `STORM=full`: what is promised for the hardest day; otherwise the same in small, which every run can afford. */
const size =
  process.env["STORM"] === "full"
    ? { followers: 200, perSecond: 100, seconds: 30 }
    : { followers: 20, perSecond: 40, seconds: 3 };

jest.setTimeout(150_000);

const report = `mutation($e: ID!, $n: Int!, $k: String!) {
  reportTurnout(input: { eventId: $e, count: $n, idempotencyKey: $k }) { report { id } } }`;
const watch = `subscription($c: ID!, $after: String) { turnoutChanged(campaignId: $c, after: $after) {
  position kind turnout { low high reports } events { id } } }`;

const review = `subscription($c: ID!) { reportReceived(campaignId: $c) { position kind report { id } } }`;

interface Message {
  position: string;
  kind: string;
  turnout: { low: number; high: number; reports: number };
  events: { id: string }[];
}

/** Notes each state that the sums of a city ever had, as its transaction commits. */
const noteStates = `
  CREATE TABLE states_noted (low bigint, high bigint, reports int);
  CREATE FUNCTION note_state() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN INSERT INTO states_noted VALUES (NEW.low, NEW.high, NEW.reports); RETURN NULL; END $$;
  CREATE TRIGGER note_state AFTER INSERT OR UPDATE ON turnout_totals FOR EACH ROW EXECUTE FUNCTION note_state();`;

test("two servers, one of them killed in a storm of reports: every follower ends on the final total, with nothing missed and nothing that never was; who is taken off the staff meanwhile hears of nothing later", async () => {
  const scratch = await openScratch(process.env["TEST_SERVER"]);
  const url = await scratch.create(process.env["TEST_TEMPLATE"]);
  const env = { DATABASE_URL: url, SECRET_KEY: "11".repeat(32), DEMO: "false", LAME_DUCK_MS: "0" };
  const services = await openServices(readConfig(env), url, createLog("silent"), () => new Date());
  await services.pool.query(noteStates);
  const { campaign, events, reporters, owner, leavers } = await rallies(services);
  const cluster = clusterOf(await Promise.all([startProcess(env), startProcess(env)]));
  const after = (await post(cluster.pick(0).url, "{ position }")).data.position as string;
  const followers = Array.from({ length: size.followers }, (_, n) =>
    follow<Message>(cluster, n, { query: watch, variables: { c: campaign.id }, after }),
  );
  const urls = cluster.servers.map(({ url }) => url);
  const follows = [review, watch].map((query) => ({ query, variables: { c: campaign.id } }));
  // The second is removed by the server that is killed at once: nobody else is woken for it.
  const [first, second] = await Promise.all([seat(leavers[0]!, urls, follows), seat(leavers[1]!, [urls[1]!], follows)]);
  const remove = async (revoked: Revoked): Promise<void> =>
    expect(await revoke(revoked, urls[0]!, owner, campaign.id)).toBe("OK");

  const codes = await storm(
    cluster,
    (n) => ({
      query: report,
      variables: { e: events[n % events.length]!.id, n: 300 + ((n * 37) % 400), k: `report-number-${n}` },
      token: reporters[Math.floor(n / events.length) % reporters.length]!.token,
    }),
    [
      { at: 1 / 3, act: () => remove(first) },
      { at: 1 / 2, act: () => remove(second).finally(() => void cluster.servers[0]!.end("SIGKILL")) },
    ],
  );
  expect(new Set(codes)).toEqual(new Set(["OK"]));
  for (const revoked of [first, second]) {
    const removal = await positionOfRemoval(services.pool, revoked, after);
    const later = new Set(await reportsSince(services.pool, revoked));
    expect(later.size).toBeGreaterThan(0);
    for (const { messages } of revoked.sockets) {
      expect(messages.filter(({ position }) => !(position < removal))).toEqual([]);
      expect(messages.filter((message) => later.has(message.report?.id))).toEqual([]);
    }
    for (const { code, at } of await revoked.closed) {
      expect(code).toBe(4403);
      expect(at - revoked.answeredAt).toBeLessThan(2_000);
    }
  }

  const { data } = await post(
    cluster.pick(0).url,
    `query($s: String!) { campaign(slug: $s) { turnout { low high reports } } }`,
    {
      s: campaign.slug,
    },
  );
  const final = data.campaign.turnout as Message["turnout"];
  expect(final.reports).toBe(codes.length);
  const isFinal = ({ turnout }: Message): boolean => JSON.stringify(turnout) === JSON.stringify(final);
  await Promise.all(
    followers.map(async ({ messages }) => {
      while (!messages.some(isFinal)) await new Promise((resolve) => setTimeout(resolve, 20));
    }),
  );
  const states: Message["turnout"][] = (await services.pool.query("SELECT low, high, reports FROM states_noted")).rows;
  const known = new Set(states.map(({ low, high, reports }) => `${low}-${high} of ${reports}`));
  for (const { messages, returns } of followers) {
    const positions = messages.map(({ position }) => position);
    expect(positions).toEqual([...new Set(positions)].sort());
    expect(messages.filter(({ turnout: t }) => !known.has(`${t.low}-${t.high} of ${t.reports}`))).toEqual([]);
    // Each event was told of, unless it was said that not everything is.
    if (!messages.some(({ kind }) => kind === "RESYNC"))
      expect(new Set(messages.flatMap((message) => message.events.map(({ id }) => id))).size).toBe(events.length);
    expect(messages.length).toBeLessThanOrEqual(4 * (size.seconds + 10) + returns);
  }
  expect(followers.filter(({ returns }) => returns > 0).length).toBeGreaterThanOrEqual(size.followers / 2);
  expect((await verifyTurnouts(services)).faults).toEqual([]);

  for (const follower of followers) follower.stop();
  await cluster.pick(0).end("SIGTERM");
  await services.close();
  await scratch.drop(url);
});

/** Rallies of one campaign in one city: its sums are of one row, whose every state is noted. */
async function rallies(services: OpenServices) {
  const a = makeFactories(() => services);
  const campaign = await a.campaign();
  const now = Date.now();
  const span = { startsAt: new Date(now - 3_600_000), endsAt: new Date(now + 3_600_000) };
  const events = await Promise.all(Array.from({ length: 10 }, () => a.event({ campaign, ...span })));
  const reporters = await Promise.all(Array.from({ length: 10 }, () => a.staff(campaign)));
  const [owner, ...leavers] = await Promise.all(Array.from({ length: 3 }, () => a.staff(campaign)));
  return { campaign, events, reporters, owner: owner!, leavers };
}

/** What happens once this share of the reports was sent. */
interface Moment {
  at: number;
  act(): Promise<void>;
}

/** So many reports a second, and meanwhile what happens at its moments. */
async function storm(
  cluster: Cluster,
  call: (n: number) => Parameters<typeof insist>[2],
  moments: Moment[],
): Promise<string[]> {
  const total = size.perSecond * size.seconds;
  const sent: Promise<string>[] = [];
  const acts: Promise<void>[] = [];
  const began = Date.now();
  while (sent.length < total) {
    const due = Math.min(total, Math.ceil(((Date.now() - began) * size.perSecond) / 1_000));
    while (sent.length < due) {
      acts.push(...moments.filter(({ at }) => sent.length === total * at).map(({ act }) => act()));
      sent.push(insist(cluster, sent.length, call(sent.length)));
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await Promise.all(acts);
  return Promise.all(sent);
}
