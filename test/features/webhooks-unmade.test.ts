import { jobsDone } from "../support/jobs.js";
import { lettersTo } from "../support/outbox.js";
import { openReceiver, webhooksIn } from "../support/webhooks.js";
import { openWorld } from "../support/world.js";
import { fromGlobalId } from "../../src/platform/database/ids.js";

const world = openWorld({ CHANGE_POLL_MS: "50" });
const { a, as, clock, server } = world;
const webhooks = webhooksIn(world);
const hours = 3_600_000;
beforeEach(() => (clock.now = new Date("2026-01-23T18:00:00Z")));
afterEach(() => jest.restoreAllMocks());

const receivers: Awaited<ReturnType<typeof openReceiver>>[] = [];
afterEach(() => Promise.all(receivers.splice(0).map((one) => one.close())));
const query = (sql: string, values: unknown[] = []) => server().services.db.query(sql, values);
const raw = (type: string, id: string): string => fromGlobalId(type, id, "id");

/** From then on whoever reads the name of Chicago waits too long for it. */
async function breakChicago() {
  const columns: { name: string }[] = await query(
    "SELECT attname AS name FROM pg_attribute WHERE attrelid = 'cities'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
  );
  await query("ALTER TABLE cities RENAME TO cities_kept");
  await query(`
    CREATE FUNCTION slowly(slug text, name text) RETURNS text LANGUAGE plpgsql AS $$ BEGIN
      IF slug = 'chicago-il' THEN RAISE 'canceling statement due to statement timeout' USING ERRCODE = '57014'; END IF;
      RETURN name;
    END $$`);
  const read = columns.map(({ name }) => (name === "name" ? "slowly(slug, name) AS name" : `"${name}"`));
  await query(`CREATE VIEW cities AS SELECT ${read.join(", ")} FROM cities_kept`);
}

async function mendChicago() {
  const [{ broken }] = await query("SELECT to_regclass('cities_kept') IS NOT NULL AS broken");
  if (!broken) return;
  await query("DROP VIEW cities");
  await query("DROP FUNCTION slowly");
  await query("ALTER TABLE cities_kept RENAME TO cities");
}
afterEach(mendChicago);

const document = "subscription($c: ID!) { eventChanged(campaignId: $c) { event { title city { name } } } }";

/** A paused webhook, with rallies that it has not told of: one in Chicago, between two others. */
async function behind() {
  const [owner, campaign, map] = [await a.person(), await a.campaign(), await openReceiver()];
  receivers.push(map);
  const { id } = await webhooks.make(owner, map.url, campaign, { document });
  await as(owner).call("pauseWebhook", { webhookId: id }, "__typename");
  await a.event({ campaign, title: "Before" });
  await a.event({ campaign, title: "Chicago", city: "chicago-il" });
  await a.event({ campaign, title: "After" });
  const resume = () => as(owner).call("resumeWebhook", { webhookId: id }, "__typename");
  const arrives = (title: string) => map.until(({ message }) => message.data.eventChanged.event.title === title);
  const titles = (): string[] => map.got.map(({ message }) => message.data.eventChanged.event.title);
  return { owner, campaign, id, map, resume, arrives, titles };
}

/** As if it had been tried so often already, and for so long. */
const triedBefore = (id: string, attempts: number, triedFrom: Date) =>
  query("UPDATE webhook_deliveries SET attempts = $2, tried_from = $3 WHERE webhook_id = $1 AND body_sealed IS NULL", [
    raw("Webhook", id),
    attempts,
    triedFrom,
  ]);

test("keeps what it made before a message that could not be made, says so, and tries that again with what follows", async () => {
  const { owner, id, resume, arrives, titles } = await behind();
  await breakChicago();
  await resume();
  await arrives("Before");
  const unmade = await webhooks.tried(owner, id, 1);
  expect(unmade).toMatchObject({ state: "PENDING", error: "UNAVAILABLE", status: null });
  expect(Date.parse(unmade.nextTryAt) - clock.now.getTime()).toBeGreaterThanOrEqual(5_000);
  const { state, notMadeSince, position } = await webhooks.read(owner, id);
  expect([state, notMadeSince, position < unmade.position]).toEqual(["ACTIVE", "2026-01-23T18:00:00+00:00", true]);
  expect(titles()).toEqual(["Before"]);
  clock.now = new Date(unmade.nextTryAt);
  const again = await webhooks.tried(owner, id, 2);
  expect([again.id, again.position]).toEqual([unmade.id, unmade.position]);
  await mendChicago();
  clock.now = new Date(again.nextTryAt);
  await Promise.all(["Chicago", "After"].map(arrives));
  const { deliveries, ...well } = await webhooks.until(owner, id, ({ pending }) => pending === 0);
  expect(well.notMadeSince).toBeNull();
  expect(deliveries.nodes.map((one: { state: string }) => one.state)).toEqual(Array(3).fill("DELIVERED"));
  expect(titles().sort()).toEqual(["After", "Before", "Chicago"]);
});

test("leaves out after three days what cannot be made, says so in its log and by mail, and goes on", async () => {
  const { owner, id, resume, arrives, titles } = await behind();
  await breakChicago();
  await resume();
  const { id: deliveryId, nextTryAt } = await webhooks.tried(owner, id, 1);
  await triedBefore(id, 10, new Date(clock.now.getTime() - 70 * hours));
  clock.now = new Date(nextTryAt);
  await arrives("After");
  const { deliveries, ...well } = await webhooks.until(owner, id, ({ pending }) => pending === 0);
  expect(well).toMatchObject({ state: "ACTIVE", notMadeSince: null });
  const leftOut = deliveries.nodes.find((one: { id: string }) => one.id === deliveryId);
  expect(leftOut).toMatchObject({ state: "FAILED", error: "UNAVAILABLE", attempts: 11, nextTryAt: null });
  expect(titles().sort()).toEqual(["After", "Before"]);
  const again = await as(owner).call("redeliverWebhookDelivery", { deliveryId }, "__typename");
  expect([again.code, again.reason]).toEqual(["CONFLICT", "WEBHOOK_MESSAGE_NOT_MADE"]);
  await jobsDone(server().services);
  const [letter] = await lettersTo(world.folder(), owner.email);
  expect(letter!.subject).toBe("A message of your webhook could not be made: Our map");
  expect(letter!.text).toContain("was left out");
});

test("tries at once with another document, which may be able to say it", async () => {
  const { owner, id, resume, arrives } = await behind();
  await breakChicago();
  await resume();
  await webhooks.tried(owner, id, 1);
  await as(owner).call(
    "updateWebhook",
    { webhookId: id, document: document.replace("city { name }", "") },
    "__typename",
  );
  await Promise.all(["Chicago", "After"].map(arrives));
});

test("tries at once when its owner asks", async () => {
  const { owner, id, resume, arrives } = await behind();
  await breakChicago();
  await resume();
  const { id: deliveryId } = await webhooks.tried(owner, id, 1);
  await mendChicago();
  await as(owner).call("redeliverWebhookDelivery", { deliveryId }, "__typename");
  await Promise.all(["Chicago", "After"].map(arrives));
});

test("leaves out a fault of ours after six tries: it would come again", async () => {
  const [campaign, map] = [await a.campaign(), await openReceiver()];
  receivers.push(map);
  const staff = await a.staff(campaign);
  const { id } = await webhooks.make(staff, map.url, campaign, {
    document: "subscription($c: ID!) { reportReceived(campaignId: $c) { kind report { low } } }",
  });
  const event = await a.event({ campaign });
  await query(
    "INSERT INTO changes (topic, kind, subject_id, scopes) VALUES ('turnout-report', 'ODD', $1, ARRAY[$2::uuid])",
    [raw("Event", event.id), raw("Campaign", campaign.id)],
  );
  await as(staff).reportTurnout({ eventId: event.id, count: 70 });
  const first = await webhooks.tried(staff, id, 1);
  expect(first).toMatchObject({ state: "PENDING", error: "INTERNAL" });
  await triedBefore(id, 5, clock.now);
  clock.now = new Date(first.nextTryAt);
  const { message } = await map.until(() => true);
  expect(message.data.reportReceived.report.low).toBe(70);
  const { deliveries } = await webhooks.until(staff, id, ({ pending }) => pending === 0);
  const states = deliveries.nodes.map(({ state, error }: { state: string; error: string | null }) => [state, error]);
  expect(states.sort()).toEqual([
    ["DELIVERED", null],
    ["FAILED", "INTERNAL"],
  ]);
});

test("comes further with each turn, however long that takes, and also where there is nothing to tell", async () => {
  const { owner, campaign, id, resume, arrives } = await behind();
  let time = performance.now();
  jest.spyOn(performance, "now").mockImplementation(() => (time += 60_000));
  await resume();
  await Promise.all(["Before", "Chicago", "After"].map(arrives));
  const host = await a.organization();
  const { position } = await webhooks.until(owner, id, ({ pending }) => pending === 0);
  await a.event({ campaign, host, visibility: "PRIVATE" as never });
  await webhooks.until(owner, id, (webhook) => webhook.position > position);
  expect((await webhooks.read(owner, id)).deliveries.nodes).toHaveLength(3);
});
