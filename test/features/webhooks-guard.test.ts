import dns from "node:dns";
import { createServer } from "node:net";
import type { AddressInfo, Server, Socket } from "node:net";
import { networkInterfaces } from "node:os";
import { fromGlobalId } from "../../src/platform/database/ids.js";
import { isPublicAddress, publicLookup } from "../../src/platform/http/address.js";
import { eventsDocument, webhooksIn } from "../support/webhooks.js";
import { openWorld } from "../support/world.js";

const world = openWorld({ WEBHOOK_ALLOW_PRIVATE: "false", CHANGE_POLL_MS: "50" });
const { a, as, server } = world;
const webhooks = webhooksIn(world);

/** What names lead to, for this file. */
const names: Record<string, string[]> = {};
const realLookup = dns.lookup;
const asked: string[] = [];
beforeAll(() => {
  dns.lookup = ((name: string, options: object, done: (error: Error | null, found?: dns.LookupAddress[]) => void) => {
    asked.push(name);
    const found = names[name];
    if (!name.endsWith(".example.org")) return realLookup(name, options, done as never);
    if (!found) return done(Object.assign(new Error("no such name"), { code: "ENOTFOUND" }));
    return done(
      null,
      found.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
    );
  }) as never;
});
afterAll(() => (dns.lookup = realLookup));

let inner: Server;
let port: number;
const visits: Socket[] = [];
beforeAll(async () => {
  inner = createServer((socket) => void visits.push(socket));
  await new Promise<void>((resolve) => inner.listen(0, resolve));
  ({ port } = inner.address() as AddressInfo);
});
afterAll(() => inner.close());

const publicName = "hooks.example.org";
const outside = "8.8.8.8";

const create = async (url: string) => {
  const [owner, campaign] = [await a.person(), await a.campaign()];
  const variables = JSON.stringify({ c: campaign.id });
  const input = { name: "Map", url, document: eventsDocument, variables };
  return { owner, campaign, ...(await as(owner).call("createWebhook", input, "webhook { id url }")) };
};

test.each([
  "127.0.0.1",
  "127.8.9.1",
  "0.0.0.0",
  "10.1.2.3",
  "172.31.0.1",
  "192.168.1.1",
  "169.254.169.254",
  "100.64.0.1",
  "100.127.255.255",
  "192.0.0.8",
  "192.0.2.1",
  "198.18.0.1",
  "198.51.100.1",
  "203.0.113.1",
  "224.0.0.1",
  "239.255.255.255",
  "240.0.0.1",
  "255.255.255.255",
  "::",
  "::1",
  "::ffff:127.0.0.1",
  "::ffff:10.0.0.1",
  "::ffff:7f00:1",
  "::7f00:1",
  "64:ff9b::a00:1",
  "64:ff9b:1::a00:1",
  "2002:7f00:1::",
  "2001::1",
  "2001:db8::1",
  "fc00::1",
  "fd12:3456::1",
  "fe80::1",
  "fe80::1%eth0",
  "fec0::1",
  "ff02::1",
  "100::1",
  "4000::1",
  "hooks.example.org",
  "",
])("takes %s for no public address", (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test("takes what anybody can reach for public, but no address of this machine", () => {
  for (const address of [outside, "1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700:4700::1111"])
    expect([address, isPublicAddress(address)]).toEqual([address, true]);
  const own = Object.values(networkInterfaces()).flatMap((those) => (those ?? []).map(({ address }) => address));
  for (const address of own) expect([address, isPublicAddress(address)]).toEqual([address, false]);
});

test.each([
  "http://hooks.example.org/",
  "https://127.0.0.1/",
  "https://2130706433/",
  "https://0x7f.1/",
  "https://[::1]/",
  "https://[::ffff:127.0.0.1]/",
  "https://localhost/",
  "https://localhost./",
  "https://printer.local/",
  "https://metadata.internal/",
  "https://hooks/",
  "https://hooks.example.org:22/",
  "https://hooks.example.org:80/",
  "https://me:secret@hooks.example.org/",
  "https://hooks.example.org\\@127.0.0.1/",
])("refuses a webhook to %s", async (url) => {
  names[publicName] = [outside];
  const { code, fields } = await create(url);
  expect([code, fields[0]!.path]).toEqual(["BAD_USER_INPUT", "input.url"]);
});

test("refuses a name that leads to no public address, or also to another, and does not tell which", async () => {
  const told = new Set<string>();
  for (const found of [undefined, [], ["127.0.0.1"], [outside, "10.0.0.1"], ["::1", outside]]) {
    if (found) names[publicName] = found;
    else delete names[publicName];
    const { code, message } = await create(`https://${publicName}/`);
    expect(code).toBe("BAD_USER_INPUT");
    told.add(message);
  }
  expect([...told]).toEqual(["input.url: must be at a name that has addresses of the public internet, and no others"]);
});

test("takes the usual ports of a name whose addresses are all public", async () => {
  names[publicName] = [outside, "2606:4700:4700::1111"];
  for (const url of [`https://${publicName}/a?b=c#d`, `https://${publicName}:8443/`])
    expect((await create(url)).data.createWebhook.webhook.url).toBe(url.replace("#d", ""));
});

test("looks a name up for each connection, and connects to what was judged", async () => {
  const found = (options: object) =>
    new Promise((resolve) =>
      publicLookup(publicName, options, (error, address, family) => resolve(error?.message ?? [address, family])),
    );
  names[publicName] = [outside];
  expect(await found({})).toEqual([outside, 4]);
  expect(await found({ all: true })).toEqual([[{ address: outside, family: 4 }], undefined]);
  names[publicName] = [outside, "127.0.0.1"];
  expect([await found({}), await found({ all: true })]).toEqual(
    Array(2).fill("There is no public address of this name."),
  );
});

test("sends nothing where a name leads elsewhere later, or an address slipped past, and says why", async () => {
  names[publicName] = [outside];
  const { owner, campaign, data } = await create(`https://${publicName}/`);
  const { id } = data.createWebhook.webhook;
  // As if each of these had been taken once, by another setting or by mistake.
  const addresses = [
    `https://${publicName}:${port}/`,
    `https://127.0.0.1:${port}/`,
    `https://[::1]:${port}/`,
    `http://127.0.0.1:${port}/`,
    `http://${publicName}:${port}/`,
  ];
  for (const [index, found] of [["127.0.0.1"], ["10.0.0.1", "127.0.0.1"], ["::ffff:127.0.0.1"]].entries()) {
    names[publicName] = found;
    for (const url of index === 0 ? addresses : addresses.slice(0, 1)) {
      await server().services.db.query("UPDATE webhooks SET url = $1 WHERE id = $2", [
        url,
        fromGlobalId("Webhook", id, "id"),
      ]);
      const { data: tested } = await as(owner).call("testWebhook", { webhookId: id }, "delivered status error answer");
      expect([url, tested.testWebhook]).toEqual([
        url,
        { delivered: false, status: null, error: "ADDRESS", answer: "" },
      ]);
    }
  }
  await a.event({ campaign });
  expect(await webhooks.tried(owner, id, 1)).toMatchObject({ error: "ADDRESS", status: null, state: "PENDING" });
  expect(visits).toEqual([]);
  expect(asked).toContain(publicName);
});
