import { createHmac } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { openReceiver, eventsDocument, webhooksIn } from "../support/webhooks.js";
import { openWorld, type Person } from "../support/world.js";

const world = openWorld({ CHANGE_POLL_MS: "100", LOG_LEVEL: "trace" });
const { a, as, clock, lines } = world;
const webhooks = webhooksIn(world);
const receivers: Awaited<ReturnType<typeof openReceiver>>[] = [];
const receiver = async (answer?: Parameters<typeof openReceiver>[0]) => {
  const made = await openReceiver(answer);
  receivers.push(made);
  return made;
};
beforeEach(() => (clock.now = new Date("2026-01-23T18:00:00Z")));
afterEach(() => Promise.all(receivers.splice(0).map((one) => one.close())));

const url = "http://127.0.0.1:9/";
const create = async (by: Person | undefined, more: object) => {
  const campaign = await a.campaign();
  const variables = JSON.stringify({ c: campaign.id });
  return as(by).call("createWebhook", { name: "Map", url, document: eventsDocument, variables, ...more }, "secret");
};

test("is for those who are signed in, and shows each of them their own", async () => {
  expect((await create(undefined, {})).code).toBe("UNAUTHENTICATED");
  const [owner, stranger] = [await a.person(), await a.person()];
  const { id } = await webhooks.make(owner, url, await a.campaign());
  const mine = async (by: Person) =>
    (await as(by).run("{ viewer { webhooks { nodes { id } } } }")).data.viewer.webhooks.nodes;
  expect([await mine(owner), await mine(stranger)]).toEqual([[{ id }], []]);
  expect([await webhooks.read(stranger, id), await webhooks.read(undefined as never, id)]).toEqual([null, null]);
  for (const name of ["updateWebhook", "pauseWebhook", "resumeWebhook", "deleteWebhook", "rotateWebhookSecret"])
    expect([name, (await as(stranger).call(name, { webhookId: id }, "__typename")).code]).toEqual([name, "NOT_FOUND"]);
  expect((await as(stranger).call("testWebhook", { webhookId: id }, "status")).code).toBe("NOT_FOUND");
  const deliveryId = await webhooks.delivery(id);
  const again = await as(stranger).call("redeliverWebhookDelivery", { deliveryId }, "__typename");
  expect(again.code).toBe("NOT_FOUND");
});

test.each([
  ["a query", { document: "{ position }" }, "input.document"],
  ["two operations", { document: `query A { position } query B { position }` }, "input.document"],
  ["an unknown field", { document: "subscription { nothing }" }, "input.document"],
  ["half a document", { document: "subscription {" }, "input.document"],
  ["a variable that is missing", { variables: "{}" }, "input.variables"],
  ["an id of something else", { variables: '{"c":"event_1"}' }, "campaignId"],
  ["variables that are a list", { variables: "[]" }, "input.variables"],
  ["variables that are no JSON", { variables: "{c}" }, "input.variables"],
  ["another protocol", { url: "ftp://127.0.0.1/" }, "input.url"],
  ["a user in the address", { url: "http://me@127.0.0.1/" }, "input.url"],
  ["no address", { url: "nowhere" }, "input.url"],
  ["no name", { name: " " }, "input.name"],
])("refuses %s, and says where", async (_what, more, path) => {
  const reply = await create(await a.person(), more);
  expect(reply.code).toBe("BAD_USER_INPUT");
  expect(reply.message).toContain(path);
});

test("refuses what costs too much, and what one may not read, as over a WebSocket", async () => {
  const copies = Array.from({ length: 60 }, (_, n) => `e${n}: event { shifts { nodes { id } } }`).join(" ");
  const costly = `subscription($c: ID!) { eventChanged(campaignId: $c) { ${copies} } }`;
  const { code, fields } = await create(await a.person(), { document: costly });
  expect([code, fields[0]!.path]).toEqual(["BAD_USER_INPUT", "input.document"]);
  const document = "subscription($c: ID!) { coverageChanged(campaignId: $c) { kind } }";
  expect((await create(await a.person(), { document })).code).toBe("FORBIDDEN");
});

test("takes twenty from one person, and the same again under the same key", async () => {
  const [owner, campaign] = [await a.person(), await a.campaign()];
  const key = { idempotencyKey: "the-same-again" };
  const [first, again] = [
    await webhooks.make(owner, url, campaign, key),
    await webhooks.make(owner, url, campaign, key),
  ];
  expect([again.id, again.secret]).toEqual([first.id, first.secret]);
  for (let n = 1; n < 20; n++) await webhooks.make(owner, url, campaign);
  const { reason } = await create(owner, {});
  expect(reason).toBe("TOO_MANY_WEBHOOKS");
});

test("sends what a subscription tells, signed as Standard Webhooks wants it, and notes it", async () => {
  const [owner, campaign, map] = [await a.person(), await a.campaign(), await receiver()];
  const { id, secret, position } = await webhooks.make(owner, map.url, campaign);
  const { id: eventId } = await a.event({ campaign, title: "Rally for Zoë" });
  const { headers, body, message } = await map.until(() => true);
  expect(message).toMatchObject({
    type: "eventChanged",
    timestamp: "2026-01-23T18:00:00.000Z",
    data: { eventChanged: { kind: "CREATED", eventId, event: { title: "Rally for Zoë" } } },
  });
  expect(message.position).toBe(message.data.eventChanged.position);
  expect(message.position > position).toBe(true);
  const mac = createHmac("sha256", Buffer.from(secret.slice(6), "base64"));
  mac.update([headers["webhook-id"], headers["webhook-timestamp"], body].join("."));
  expect(headers["webhook-signature"]).toBe(`v1,${mac.digest("base64")}`);
  const webhook = await webhooks.until(owner, id, ({ pending }) => pending === 0);
  expect(webhook).toMatchObject({ state: "ACTIVE", reason: null, failingSince: null });
  expect(webhook.position >= message.position).toBe(true);
  expect(webhook.deliveries.nodes).toEqual([
    {
      id: headers["webhook-id"],
      position: message.position,
      state: "DELIVERED",
      attempts: 1,
      status: 204,
      milliseconds: expect.any(Number),
      error: null,
      createdAt: "2026-01-23T18:00:00+00:00",
      triedAt: "2026-01-23T18:00:00+00:00",
      nextTryAt: null,
    },
  ]);
  expect(lines.join()).not.toContain("Zoë");
  expect(lines.join()).not.toContain("/hook");
});

const verified = (secret: string, { headers, body }: { headers: object; body: string }): boolean => {
  try {
    new Webhook(secret).verify(body, headers as Record<string, string>);
    return true;
  } catch {
    return false;
  }
};

test("signs with two secrets for a day after another was made, as the library of Standard Webhooks reads it", async () => {
  // The library takes what is not older than five minutes.
  clock.now = new Date();
  const [owner, map] = [await a.person(), await receiver()];
  const { id, secret } = await webhooks.make(owner, map.url, await a.campaign());
  const ping = async () => {
    await as(owner).call("testWebhook", { webhookId: id }, "status");
    return map.got.at(-1)!;
  };
  expect([verified(secret, await ping()), verified("whsec_bm90IHRoaXMgb25l", await ping())]).toEqual([true, false]);
  const rotate = async () =>
    (await as(owner).call("rotateWebhookSecret", { webhookId: id }, "secret webhook { oldSecretUntil }")).data
      .rotateWebhookSecret;
  const { secret: next, webhook } = await rotate();
  expect(Date.parse(webhook.oldSecretUntil) - clock.now.getTime()).toBe(24 * 3_600_000);
  const both = await ping();
  expect([verified(secret, both), verified(next, both)]).toEqual([true, true]);
  expect(String(both.headers["webhook-signature"]).split(" ")).toHaveLength(2);
  const { secret: third } = await rotate();
  const later = await ping();
  expect([secret, next, third].map((one) => verified(one, later))).toEqual([false, true, true]);
  clock.now = new Date(clock.now.getTime() + 24 * 3_600_000);
  const { headers } = await ping();
  expect(String(headers["webhook-signature"]).split(" ")).toHaveLength(1);
});

test("tells in a dry run what the receiver answers, and follows no redirect", async () => {
  const [owner, map] = [await a.person(), await receiver()];
  const { id } = await webhooks.make(owner, map.url, await a.campaign());
  const dry = async () =>
    (await as(owner).call("testWebhook", { webhookId: id }, "delivered status milliseconds error answer")).data
      .testWebhook;
  map.answer = 200;
  expect(await dry()).toMatchObject({ delivered: true, status: 200, error: null, answer: "Thank you" });
  expect(map.got[0]!.message).toEqual({
    type: "webhook.test",
    timestamp: "2026-01-23T18:00:00.000Z",
    data: { webhookId: id },
  });
  map.answer = (response) => void response.writeHead(500).end("x".repeat(100_000));
  expect(await dry()).toMatchObject({ delivered: false, status: 500, error: "STATUS", answer: "x".repeat(1_000) });
  map.answer = (response) => void response.writeHead(302, { location: map.url }).end();
  const before = map.got.length;
  expect(await dry()).toMatchObject({ delivered: false, status: 302, error: "REDIRECT" });
  expect(map.got).toHaveLength(before + 1);
  await as(owner).call("updateWebhook", { webhookId: id, url: map.url.replace("http", "https") }, "__typename");
  expect(await dry()).toMatchObject({ delivered: false, status: null, error: "TLS" });
  await as(owner).call("updateWebhook", { webhookId: id, url }, "__typename");
  expect(await dry()).toMatchObject({ delivered: false, status: null, error: "CONNECTION", answer: "" });
  expect((await webhooks.read(owner, id)).deliveries.nodes).toEqual([]);
});

test("sends a message again when its owner asks, with the same id, and nothing through a webhook that is paused", async () => {
  const [owner, campaign, map] = [await a.person(), await a.campaign(), await receiver()];
  const { id } = await webhooks.make(owner, map.url, campaign);
  const event = await a.event({ campaign });
  const [first] = [await map.until(() => true)];
  await webhooks.until(owner, id, ({ pending }) => pending === 0);
  const again = await as(owner).call("redeliverWebhookDelivery", { deliveryId: first.id }, "delivery { state }");
  expect(again.data.redeliverWebhookDelivery.delivery.state).toBe("PENDING");
  await map.until((_, all) => all.length === 2);
  expect(map.got.map(({ id: one, body }) => [one, body])).toEqual([
    [first.id, first.body],
    [first.id, first.body],
  ]);
  await webhooks.until(owner, id, ({ pending }) => pending === 0);
  const act = (name: string) => as(owner).call(name, { webhookId: id }, "webhook { state reason }");
  for (let n = 0; n < 2; n++)
    expect((await act("pauseWebhook")).data.pauseWebhook.webhook).toEqual({ state: "PAUSED", reason: "BY_YOU" });
  const refused = await as(owner).call("redeliverWebhookDelivery", { deliveryId: first.id }, "__typename");
  expect(refused.reason).toBe("WEBHOOK_PAUSED");
  for (const title of ["One", "Two"])
    await as(await a.staff(campaign)).call("editEvent", { eventId: event.id, version: title === "One" ? 1 : 2, title });
  const other = await a.event({ campaign });
  for (let n = 0; n < 2; n++)
    expect((await act("resumeWebhook")).data.resumeWebhook.webhook).toEqual({ state: "ACTIVE", reason: null });
  await map.until(({ message }) => message.data.eventChanged.eventId === other.id);
  await map.until(({ message }) => message.data.eventChanged.event.title === "Two");
  // What was missed is told once, as it is now.
  expect(map.got).toHaveLength(4);
});

test("goes on with another document and another address where it was, and is gone when it is deleted", async () => {
  const [owner, campaign] = [await a.person(), await a.campaign()];
  const [map, other] = [await receiver(), await receiver()];
  const { id } = await webhooks.make(owner, map.url, campaign);
  const update = (more: object) =>
    as(owner).call("updateWebhook", { webhookId: id, ...more }, "webhook { name url variables }");
  expect((await update({ document: "{ position }" })).fields[0]!.path).toBe("input.document");
  const document = "subscription($c: ID!) { turnoutChanged(campaignId: $c) { kind turnout { low } } }";
  expect((await update({ name: "Wall", url: other.url, document })).data.updateWebhook.webhook).toMatchObject({
    name: "Wall",
    url: other.url,
  });
  const event = await a.event({ campaign });
  await as(await a.staff(campaign)).call("reportTurnout", { eventId: event.id, count: 70 });
  await other.until(({ message }) => message.data.turnoutChanged?.turnout?.low !== undefined);
  expect(map.got).toHaveLength(0);
  const { data } = await as(owner).call("deleteWebhook", { webhookId: id }, "removedId");
  expect([data.deleteWebhook.removedId, await webhooks.read(owner, id)]).toEqual([id, null]);
});
