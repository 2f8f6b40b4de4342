import { send } from "../support/client.js";
import { openWorld } from "../support/world.js";

const { a, as, server } = openWorld();

const byLink = (token: string, input: object) => as().call("reportTurnoutByLink", { token, ...input }, "status flags");

/** A rally of the world's day with a link, and the token in its address. */
async function linked(link: object = {}, event: object = {}) {
  const rally = await a.event(event);
  const coordinator = await a.coordinator(rally);
  const made = await as(coordinator).call(
    "createTurnoutLink",
    { eventId: rally.id, label: "north gate", ...link },
    "url link { id label source revokedAt validFrom validUntil reporter { id } }",
  );
  expect(made.code).toBe("OK");
  const { url, link: row } = made.data.createTurnoutLink;
  return { rally, coordinator, url: url as string, token: (url as string).split("/").at(-1)!, link: row };
}

const turnout = async ({ id }: { id: string }) =>
  (await as().run(`query($e: ID!) { event(id: $e) { turnout { low high reports state } } }`, { e: id })).data.event
    .turnout;

test("is made by those who coordinate the event only, never as staff", async () => {
  const event = await a.event();
  const make = async (person: Parameters<typeof as>[0], input: object = {}) =>
    as(person).call("createTurnoutLink", { eventId: event.id, label: "gate", ...input }, "url");
  expect((await make(undefined)).code).toBe("UNAUTHENTICATED");
  for (const person of [await a.person(), await a.reporter(event)]) expect((await make(person)).code).toBe("FORBIDDEN");
  const coordinator = await a.coordinator(event);
  expect((await make(coordinator, { source: "STAFF" })).fields).toEqual([
    { path: "input.source", reason: "must not be STAFF: staff sign in" },
  ]);
  expect((await make(coordinator, { label: " " })).code).toBe("BAD_USER_INPUT");
});

test("leads nowhere when it is wrong or revoked, and takes nothing two hours before the event and twelve after", async () => {
  expect(await byLink("x".repeat(43), { count: 1 })).toMatchObject({ code: "NOT_FOUND" });
  const early = await linked(
    {},
    { startsAt: new Date("2026-01-23T20:30:00Z"), endsAt: new Date("2026-01-23T22:00:00Z") },
  );
  expect(await byLink(early.token, { count: 1 })).toMatchObject({ code: "CONFLICT", reason: "LINK_NOT_YET_VALID" });
  const late = await linked(
    {},
    { startsOn: "2026-01-22", startsAt: new Date("2026-01-22T18:00:00Z"), endsAt: new Date("2026-01-23T05:00:00Z") },
  );
  expect(await byLink(late.token, { count: 1 })).toMatchObject({ code: "CONFLICT", reason: "LINK_EXPIRED" });
  const { token, link, coordinator } = await linked();
  const stranger = await as(await a.person()).call("revokeTurnoutLink", { linkId: link.id }, "link { id }");
  expect(stranger.code).toBe("NOT_FOUND");
  for (let times = 0; times < 2; times++)
    expect((await as(coordinator).call("revokeTurnoutLink", { linkId: link.id }, "link { revokedAt }")).code).toBe(
      "OK",
    );
  expect(await byLink(token, { count: 1 })).toMatchObject({ code: "NOT_FOUND" });
});

test("takes counts without an account, checks them at the door, and takes all who hold it as one voice", async () => {
  const { rally, token, link } = await linked({ source: "PRESS" });
  expect(link).toMatchObject({ label: "north gate", source: "PRESS", revokedAt: null });
  expect(await byLink(token, { low: 9, high: 8 })).toMatchObject({ code: "BAD_USER_INPUT" });
  expect((await byLink(token, { count: 500 })).data.reportTurnoutByLink).toEqual({ status: "ACCEPTED", flags: [] });
  expect(await turnout(rally)).toMatchObject({ low: 500, high: 500, reports: 1, state: "PARTIAL" });
  for (const count of [510, 520, 530]) await byLink(token, { count });
  // Ten hands with one link weigh no more than one reporter who counted by hand.
  await as(await a.reporter(rally)).reportTurnout({ eventId: rally.id, count: 600, method: "CLICKER" });
  expect(await turnout(rally)).toMatchObject({ low: 600, high: 600, reports: 5 });
  expect((await byLink(token, { count: 4_000, method: "PHOTO" })).data.reportTurnoutByLink).toMatchObject({
    status: "FLAGGED",
    flags: ["PHOTO_ABOVE_1000"],
  });
});

test("is one report, sent ten times with one key; the key with another count is refused", async () => {
  const { rally, token } = await linked();
  const again = (count: number) => byLink(token, { count, idempotencyKey: "key-of-a-phone" });
  const replies = await Promise.all(Array.from({ length: 10 }, () => again(70)));
  expect(replies.map(({ code }) => code)).toEqual(Array(10).fill("OK"));
  expect(await again(71)).toMatchObject({ code: "CONFLICT", reason: "IDEMPOTENCY_KEY_REUSED" });
  expect(await turnout(rally)).toMatchObject({ low: 70, reports: 1 });
});

test("its address is told once, and its links are listed to those who coordinate the event only", async () => {
  const { rally, coordinator } = await linked();
  const key = { eventId: rally.id, label: "south gate", idempotencyKey: "the-south-gate" };
  const urls = [];
  for (let times = 0; times < 2; times++)
    urls.push((await as(coordinator).call("createTurnoutLink", key, "url")).data.createTurnoutLink.url !== null);
  expect(urls).toEqual([true, false]);
  const labels = async (person?: Parameters<typeof as>[0]) =>
    (
      await as(person).run(`query($e: ID!) { event(id: $e) { turnoutLinks { nodes { label } } } }`, { e: rally.id })
    ).data.event.turnoutLinks.nodes.map(({ label }: { label: string }) => label);
  expect((await labels(coordinator)).sort()).toEqual(["north gate", "south gate"]);
  expect(await labels(await a.reporter(rally))).toEqual([]);
  expect(await labels()).toEqual([]);
});

describe("its page", () => {
  const form = { "content-type": "application/x-www-form-urlencoded" };
  const open = (token: string) => send(`${server().url}/report/${token}`, "GET", {});
  const post = (token: string, typed: Record<string, string>) =>
    send(`${server().url}/report/${token}`, "POST", form, new URLSearchParams(typed).toString());

  test("refuses what is no number, keeps what was typed, and has no form where the link leads nowhere", async () => {
    const { token } = await linked();
    const refused = await post(token, { low: "many", words: "<b>lots</b>" });
    expect(refused.status).toBe(400);
    expect(refused.text).toContain("At least must be a whole number");
    expect(refused.text).toContain("&lt;b&gt;lots&lt;/b&gt;");
    const nowhere = await open("x".repeat(43));
    expect(nowhere.status).toBe(404);
    expect(nowhere.text).not.toContain("<form");
  });

  test("takes a count without a script, once however often it is sent", async () => {
    const { rally, token } = await linked();
    const page = await open(token);
    expect(page.status).toBe(200);
    expect(page.headers["content-security-policy"]).toContain("default-src 'none'");
    const key = /name="key" value="([^"]+)"/.exec(page.text)![1]!;
    for (let times = 0; times < 2; times++) {
      const sent = await post(token, { low: "1,200", high: "1500", words: "", key });
      expect(sent.text).toContain("Thank you: your count is in.");
    }
    expect(await turnout(rally)).toMatchObject({ low: 1_200, high: 1_500, reports: 1 });
  });
});
