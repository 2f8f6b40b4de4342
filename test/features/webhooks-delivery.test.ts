import { forgetDeliveries } from "../../src/features/webhooks/index.js";
import { nextTry } from "../../src/features/webhooks/delivery.retries.js";
import { pruneLog } from "../../src/platform/changes/store.js";
import { fromGlobalId } from "../../src/platform/database/ids.js";
import { jobsDone } from "../support/jobs.js";
import { lettersTo } from "../support/outbox.js";
import { openReceiver, webhooksIn } from "../support/webhooks.js";
import { openWorld } from "../support/world.js";

const world = openWorld({ WEBHOOK_TIMEOUT_MS: "200", CHANGE_POLL_MS: "50" });
const { a, as, clock, server } = world;
const webhooks = webhooksIn(world);
const minutes = 60_000;
const hours = 60 * minutes;
const later = (ms: number): void => void (clock.now = new Date(clock.now.getTime() + ms));
beforeEach(() => (clock.now = new Date("2026-01-23T18:00:00Z")));

type Answer = Parameters<typeof openReceiver>[0];
const receivers: Awaited<ReturnType<typeof openReceiver>>[] = [];
afterEach(() => Promise.all(receivers.splice(0).map((one) => one.close())));

const query = (sql: string, values: unknown[] = []) => server().services.db.query(sql, values);
const raw = (id: string): string => fromGlobalId("Webhook", id, "id");

/** A webhook on the events of a campaign, and its receiver. */
async function hooked(answer?: Answer) {
  const [owner, campaign, map] = [await a.person(), await a.campaign(), await openReceiver(answer)];
  receivers.push(map);
  const { id } = await webhooks.make(owner, map.url, campaign);
  const titles = (): (string | undefined)[] => map.got.map(({ message }) => message.data.eventChanged.event?.title);
  const arrives = (title: string) => map.until(({ message }) => message.data.eventChanged.event?.title === title);
  return { owner, campaign, map, id, titles, arrives };
}
const edit = async (campaign: { id: string; slug: string }, eventId: string, version: number, title: string) =>
  as(await a.staff(campaign)).call("editEvent", { eventId, version, title });

test("tries again ever more rarely while a receiver answers 500 for an hour, and nothing is lost", async () => {
  const { owner, campaign, map, id, arrives } = await hooked(500);
  const event = await a.event({ campaign });
  const waits: number[] = [];
  for (let n = 1; n <= 5; n++) {
    const tried = await webhooks.tried(owner, id, n);
    expect(tried).toMatchObject({ state: "PENDING", status: 500, error: "STATUS" });
    waits.push(Date.parse(tried.nextTryAt) - clock.now.getTime());
    clock.now = new Date(tried.nextTryAt);
  }
  for (const [index, least] of [5_000, 30_000, 2 * minutes, 10 * minutes, 30 * minutes].entries()) {
    expect(waits[index]).toBeGreaterThanOrEqual(least);
    expect(waits[index]).toBeLessThanOrEqual(least * 1.2 + 1);
  }
  await edit(campaign, event.id, 1, "Meanwhile");
  expect((await webhooks.read(owner, id)).failingSince).toBe("2026-01-23T18:00:00+00:00");
  await webhooks.tried(owner, id, 1);
  map.answer = 200;
  // What was told while the receiver was away is sent at once when one try has arrived.
  later(minutes);
  await arrives("Meanwhile");
  const webhook = await webhooks.until(owner, id, ({ pending }) => pending === 0);
  expect(webhook.failingSince).toBeNull();
  expect(webhook.deliveries.nodes.map(({ state }: { state: string }) => state)).toEqual(["DELIVERED", "DELIVERED"]);
  expect(new Set(map.got.map((got) => got.id)).size).toBe(2);
});

test("gives up after eleven tries or three days, waits as long as it is asked to, and not longer than a day", () => {
  const triedFrom = clock.now;
  const next = (attempts: number, retryAfter?: string) =>
    (nextTry({ attempts, triedFrom }, triedFrom, retryAfter, () => 0)?.getTime() ?? NaN) - triedFrom.getTime();
  expect([next(1), next(6), next(11), next(12)]).toEqual([5_000, hours, 24 * hours, NaN]);
  expect([next(1, "120"), next(1, "0"), next(1, "soon"), next(1, "-5"), next(1, "9".repeat(9))]).toEqual([
    120_000,
    5_000,
    5_000,
    5_000,
    24 * hours,
  ]);
  expect(next(1, "Fri, 23 Jan 2026 18:30:00 GMT")).toBe(30 * minutes);
  const afterThreeDays = new Date(triedFrom.getTime() + 71 * hours);
  expect(nextTry({ attempts: 9, triedFrom }, afterThreeDays, undefined)).toBeNull();
});

test("is paused when nothing arrived for three days, tells its owner by mail, and goes on when it is resumed", async () => {
  const { owner, campaign, map, id, arrives } = await hooked((response) => {
    response.writeHead(503, { "retry-after": "90000" }).end();
  });
  await a.event({ campaign, title: "First" });
  for (let n = 1; n <= 3; n++) {
    const { nextTryAt } = await webhooks.tried(owner, id, n);
    expect(Date.parse(nextTryAt) - clock.now.getTime()).toBe(24 * hours);
    clock.now = new Date(nextTryAt);
  }
  const paused = await webhooks.until(owner, id, ({ state }) => state === "PAUSED");
  expect([paused.reason, paused.deliveries.nodes[0].state]).toEqual(["FAILING", "FAILED"]);
  await jobsDone(server().services);
  const [letter] = await lettersTo(world.folder(), owner.email);
  expect(letter!.subject).toBe("Your webhook has stopped: Our map");
  expect(letter!.text).toContain("nothing could be delivered for three days");
  expect(letter!.text).not.toContain("key=1");
  await a.event({ campaign, title: "Second" });
  map.answer = 200;
  await as(owner).call("resumeWebhook", { webhookId: id }, "__typename");
  await arrives("Second");
  const { deliveries } = await webhooks.until(owner, id, ({ pending }) => pending === 0);
  await as(owner).call("redeliverWebhookDelivery", { deliveryId: deliveries.nodes[1].id }, "__typename");
  await map.until(({ id: one }, all) => one === deliveries.nodes[1].id && all.length === 5);
});

test("ends when the receiver answers 410: what waits is dropped, and nothing wakes it", async () => {
  const { owner, campaign, id, map } = await hooked(410);
  await a.event({ campaign });
  const ended = await webhooks.until(owner, id, ({ state }) => state === "ENDED");
  expect(ended).toMatchObject({ reason: "GONE", pending: 0 });
  expect(ended.deliveries.nodes[0]).toMatchObject({ state: "DROPPED", status: 410, nextTryAt: null });
  for (const name of ["resumeWebhook", "pauseWebhook", "rotateWebhookSecret", "updateWebhook"])
    expect((await as(owner).call(name, { webhookId: id }, "__typename")).reason).toBe("WEBHOOK_ENDED");
  const deliveryId = ended.deliveries.nodes[0].id;
  const again = await as(owner).call("redeliverWebhookDelivery", { deliveryId }, "__typename");
  expect(again.reason).toBe("WEBHOOK_ENDED");
  expect(map.got).toHaveLength(1);
});

test("waits for a receiver so long and no longer, while others are told at once", async () => {
  const hangs = await hooked(() => undefined);
  const drips = await hooked((response) => void response.writeHead(500).write("a"));
  for (let n = 0; n < 6; n++) for (const { campaign } of [hangs, drips]) await a.event({ campaign });
  const works = await hooked();
  await a.event({ campaign: works.campaign, title: "At once" });
  await works.arrives("At once");
  const { error, status, milliseconds } = await webhooks.tried(hangs.owner, hangs.id, 1);
  expect([error, status]).toEqual(["TIMEOUT", null]);
  expect(milliseconds).toBeGreaterThanOrEqual(190);
  expect(milliseconds).toBeLessThan(2_000);
  expect(await webhooks.tried(drips.owner, drips.id, 1)).toMatchObject({ error: "STATUS", status: 500 });
  expect(hangs.map.got.length).toBeLessThanOrEqual(6);
});

test("follows no redirect, and says so", async () => {
  const inner = await hooked();
  const { owner, campaign, id } = await hooked((response) => {
    response.writeHead(307, { location: inner.map.url }).end();
  });
  await a.event({ campaign });
  expect(await webhooks.tried(owner, id, 1)).toMatchObject({ state: "PENDING", error: "REDIRECT", status: 307 });
  expect(inner.map.got).toHaveLength(0);
});

test("sends what a node had taken that was killed, once its time is over, and with the same id", async () => {
  const { owner, campaign, id, map, arrives } = await hooked(500);
  await a.event({ campaign, title: "Taken" });
  const { nextTryAt } = await webhooks.tried(owner, id, 1);
  const held = new Date(Date.parse(nextTryAt) + 30_000);
  await query("UPDATE webhook_deliveries SET held_until = $2, attempts = 2 WHERE webhook_id = $1", [raw(id), held]);
  clock.now = new Date(nextTryAt);
  map.answer = 200;
  const other = await hooked();
  await a.event({ campaign: other.campaign, title: "Meanwhile" });
  await other.arrives("Meanwhile");
  expect(map.got).toHaveLength(1);
  clock.now = held;
  await map.until((_, all) => all.length === 2);
  await arrives("Taken");
  expect(new Set(map.got.map((got) => got.id)).size).toBe(1);
});

test("makes and sends each message once where two nodes do", async () => {
  const one = await hooked();
  const another = await world.another();
  const titles = Array.from({ length: 12 }, (_, n) => `Number ${n}`);
  await Promise.all(titles.map((title) => a.event({ campaign: one.campaign, title })));
  await one.map.until((_, all) => all.length >= titles.length);
  await webhooks.until(one.owner, one.id, ({ pending }) => pending === 0);
  await another.stop();
  expect(one.titles().sort()).toEqual(titles.sort());
});

test("makes no more for a receiver that is away when five hundred wait, and goes on from the log", async () => {
  const { owner, campaign, id, arrives } = await hooked();
  const event = await a.event({ campaign, title: "First" });
  await arrives("First");
  await webhooks.until(owner, id, ({ pending }) => pending === 0);
  await query(
    `INSERT INTO webhook_deliveries (id, webhook_id, position, body_sealed, state, created_at, tried_from, next_at)
     SELECT gen_random_uuid(), $1, '0', '', 'PENDING', $2, $2, $2::timestamptz + interval '1 hour' FROM generate_series(1, 500)`,
    [raw(id), clock.now],
  );
  const { position } = await webhooks.read(owner, id);
  for (const [index, title] of ["Second", "Third"].entries()) await edit(campaign, event.id, index + 1, title);
  const works = await hooked();
  await a.event({ campaign: works.campaign, title: "Meanwhile" });
  await works.arrives("Meanwhile");
  expect(await webhooks.read(owner, id)).toMatchObject({ pending: 500, position });
  await query("DELETE FROM webhook_deliveries WHERE webhook_id = $1 AND state = 'PENDING'", [raw(id)]);
  await arrives("Third");
});

test("says RESYNC when the log no longer has what was missed", async () => {
  const { owner, campaign, id, map } = await hooked();
  await as(owner).call("pauseWebhook", { webhookId: id }, "__typename");
  await a.event({ campaign });
  // The whole log is forgotten once all of it is settled.
  await query("UPDATE changes SET recorded_at = '2020-01-01'");
  await pruneLog(server().services.pool, new Date("2021-01-01"));
  await as(owner).call("resumeWebhook", { webhookId: id }, "__typename");
  const { message } = await map.until(() => true);
  expect(message.data.eventChanged).toMatchObject({ kind: "RESYNC", event: null, position: message.position });
});

test("keeps messages for so many days, but those that are still tried", async () => {
  const { owner, id } = await hooked();
  const [kept, old] = [await webhooks.delivery(id), await webhooks.delivery(id)];
  await query("UPDATE webhook_deliveries SET created_at = '2026-01-01' WHERE id = $1", [
    fromGlobalId("WebhookDelivery", old, "id"),
  ]);
  await forgetDeliveries(server().services);
  const { deliveries } = await webhooks.read(owner, id);
  expect(deliveries.nodes.map((one: { id: string }) => one.id)).toEqual([kept]);
});

test("keeps no more than two thousand of one webhook that have arrived", async () => {
  const { campaign, id, arrives } = await hooked();
  await query(
    `INSERT INTO webhook_deliveries (id, webhook_id, position, body_sealed, state, created_at, tried_from)
     SELECT gen_random_uuid(), $1, '0', '', 'DELIVERED', $2, $2 FROM generate_series(1, 2005)`,
    [raw(id), clock.now],
  );
  await a.event({ campaign, title: "One more" });
  await arrives("One more");
  const [row] = await query(
    "SELECT count(*)::int AS n FROM webhook_deliveries WHERE webhook_id = $1 AND body_sealed = ''",
    [raw(id)],
  );
  expect(row).toEqual({ n: 2_000 });
});

test("counts what waits among the numbers of an operator", async () => {
  const text = await (await fetch(`${world.url()}/metrics`)).text();
  expect(text).toMatch(/^rallygraph_webhook_deliveries_pending \d+$/m);
});
