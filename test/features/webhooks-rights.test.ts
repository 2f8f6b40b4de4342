import { fromGlobalId } from "../../src/platform/database/ids.js";
import { jobsDone } from "../support/jobs.js";
import { lettersTo } from "../support/outbox.js";
import { openReceiver, webhooksIn } from "../support/webhooks.js";
import { openWorld, type Person } from "../support/world.js";

const world = openWorld({ CHANGE_POLL_MS: "50" });
const { a, as, clock, server } = world;
const webhooks = webhooksIn(world);
beforeEach(() => (clock.now = new Date("2026-01-23T18:00:00Z")));

const receivers: Awaited<ReturnType<typeof openReceiver>>[] = [];
afterEach(() => Promise.all(receivers.splice(0).map((one) => one.close())));
const query = (sql: string, values: unknown[] = []) => server().services.db.query(sql, values);
const raw = (type: string, id: string): string => fromGlobalId(type, id, "id");

type Made = { id: string; slug: string };
async function hooked(owner: Person, campaign: Made, more: object = {}) {
  const map = await openReceiver();
  receivers.push(map);
  return { map, ...(await webhooks.make(owner, map.url, campaign, more)) };
}
const titled =
  (title: string) =>
  ({ body }: { body: string }) =>
    body.includes(title);

test("sends to nobody what they may not see: no private event, and of a place what everybody is told", async () => {
  const [campaign, host] = [await a.campaign(), await a.organization()];
  const [stranger, admin] = [await a.person(), await a.admin(host)];
  const [outer, inner] = [await hooked(stranger, campaign), await hooked(admin, campaign)];
  const secret = { visibility: "PRIVATE" as never, title: "A secret vigil" };
  const hidden = await a.event({ campaign, host, ...secret });
  await a.event({ campaign, host, review: "DRAFT" as never, title: "A secret draft" });
  await as(admin).call("editEvent", { eventId: hidden.id, version: 1, title: "A secret march" });
  await a.event({
    campaign,
    host,
    title: "An open rally",
    venue: "A secret hall",
    locationPrecision: "CITY" as never,
  });
  for (const { map } of [outer, inner]) await map.until(titled("An open rally"));
  const texts = outer.map.got.map(({ body }) => body).join();
  expect(texts).not.toMatch(/secret/);
  expect(outer.map.got).toHaveLength(1);
  expect(inner.map.got.at(-1)!.body).toContain("A secret hall");
  // What was told is told to be gone, and no more.
  const open = outer.map.got[0]!.message.data.eventChanged.eventId;
  await query("UPDATE events SET title = 'A secret title' WHERE id = $1", [raw("Event", open)]);
  await as(admin).call("editEvent", { eventId: open, version: 1, visibility: "PRIVATE" });
  const { message } = await outer.map.until((_, all) => all.length === 2);
  expect(message.data.eventChanged).toBeDefined();
  expect(outer.map.got.map(({ body }) => body).join()).not.toMatch(/secret/);
});

test("sends what its owner may see when a message is made, not when the webhook was", async () => {
  const campaign = await a.campaign();
  const event = await a.event({ campaign, visibility: "PRIVATE" as never });
  const coordinator = await a.coordinator(event);
  const document = `subscription($c: ID!) { turnoutChanged(eventId: $c) { kind turnout { low } } }`;
  const { map, id } = await hooked(coordinator, event, { document });
  const report = async (count: number) =>
    as(await a.coordinator(event)).call("reportTurnout", { eventId: event.id, count });
  await report(5);
  await map.until(() => true);
  const told = map.got.length;
  await query("DELETE FROM event_roles WHERE person_id = $1", [coordinator.id]);
  const { position } = await webhooks.read(coordinator, id);
  await report(500);
  await webhooks.until(coordinator, id, (webhook) => webhook.position > position);
  await a.coordinator(event, coordinator);
  await report(50);
  await map.until((_, all) => all.length > told);
  expect(map.got).toHaveLength(told + 1);
});

test("ends when its owner may no longer ask for it, and says so by mail", async () => {
  const campaign = await a.campaign();
  const [staff, other] = [await a.staff(campaign), await a.staff(campaign)];
  const document = "subscription($c: ID!) { coverageChanged(campaignId: $c) { kind staffing { needed } } }";
  const { map, id } = await hooked(staff, campaign, { document });
  const event = await a.event({ campaign });
  const personId = `person_${staff.id.replaceAll("-", "")}`;
  await as(other).call("removeCampaignStaff", { campaignId: campaign.id, personId }, "__typename");
  const hours = { role: "MARSHAL", startsAt: "2026-01-23T13:00", endsAt: "2026-01-23T14:00", capacity: 5 };
  await as(other).call("openShift", { eventId: event.id, ...hours }, "__typename");
  const { reason, pending } = await webhooks.until(staff, id, ({ state }) => state === "ENDED");
  expect([reason, pending]).toEqual(["FORBIDDEN", 0]);
  await jobsDone(server().services);
  const letters = await lettersTo(world.folder(), staff.email);
  expect(letters.some(({ text }) => text.includes("you may no longer read what it asks for"))).toBe(true);
  expect(map.got.filter(({ message }) => message.data?.coverageChanged?.staffing?.needed === 5)).toEqual([]);
});

test("goes on when its owner signs out, and is gone, with what it had to send, when they erase themselves", async () => {
  const [owner, campaign] = [await a.person(), await a.campaign()];
  const { map, id } = await hooked(owner, campaign);
  await as(owner).run("mutation { signOut { signedOut } }");
  await a.event({ campaign, title: "Afterwards" });
  await map.until(titled("Afterwards"));
  const again = await a.person();
  await query("UPDATE webhooks SET person_id = $1 WHERE id = $2", [again.id, raw("Webhook", id)]);
  const { data } = await as(again).run("{ exportMyData { json } }");
  const { webhooks: mine, webhook_deliveries: sent } = JSON.parse(data.exportMyData.json);
  expect(mine).toMatchObject([{ id, name: "Our map", url: map.url, state: "ACTIVE" }]);
  expect(JSON.parse(sent[0].message)).toEqual(map.got[0]!.message);
  expect(JSON.stringify(mine)).not.toMatch(/seed|whsec/);
  await as(again).call("eraseMyData", { confirm: "erase everything" }, "erased");
  await a.event({ campaign, title: "After the end" });
  const witness = await hooked(await a.person(), campaign);
  await a.event({ campaign, title: "Later" });
  await witness.map.until(titled("Later"));
  expect(await query("SELECT 1 FROM webhooks WHERE id = $1", [raw("Webhook", id)])).toEqual([]);
  expect(map.got).toHaveLength(1);
});

test("ends when its document is not admitted for an hour, and goes on when it is again before that", async () => {
  const [owner, campaign] = [await a.person(), await a.campaign()];
  const { map, id } = await hooked(owner, campaign);
  const [{ document }] = await query("SELECT document FROM webhooks WHERE id = $1", [raw("Webhook", id)]);
  const set = (text: string) => query("UPDATE webhooks SET document = $1 WHERE id = $2", [text, raw("Webhook", id)]);
  const refusedSince = async () =>
    (await query("SELECT refused_since FROM webhooks WHERE id = $1", [raw("Webhook", id)]))[0].refused_since;
  await set("subscription { nothingOfTheKind }");
  await a.event({ campaign, title: "Missed" });
  while (!(await refusedSince()));
  await set(document);
  await map.until(titled("Missed"));
  expect(await refusedSince()).toBeNull();
  await set("subscription { nothingOfTheKind }");
  await a.event({ campaign });
  while (!(await refusedSince()));
  clock.now = new Date(clock.now.getTime() + 3_600_000);
  const { reason } = await webhooks.until(owner, id, ({ state }) => state === "ENDED");
  expect(reason).toBe("NOT_ADMITTED");
});
