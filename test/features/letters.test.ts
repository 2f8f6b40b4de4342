import { letter, type Letter, sendLetter } from "../../src/features/letters/index.js";
import { type Viewer } from "../../src/platform/context.js";
import { transact } from "../../src/platform/database/transact.js";
import { AddressRefused } from "../../src/platform/mail.js";
import { hastenJobs, jobsDone, systemContext } from "../support/jobs.js";
import { mailsTo } from "../support/outbox.js";
import { openWorld, type Person } from "../support/world.js";

/** What a letter about a thing would say now; null when that is past. */
const words = new Map<string, Letter | null>();
const readers: (Viewer | null)[] = [];
let number = 0;

const news = letter<{ topic: string }>("test-news", async (ctx, { personId }, { topic }) => {
  readers.push(ctx.viewer);
  expect(ctx.viewer?.personId).toBe(personId);
  return words.get(topic) ?? null;
});
const receipt = letter<{ topic: string }>(
  "test-receipt",
  (_ctx, _recipient, { topic }) => Promise.resolve(words.get(topic) ?? null),
  { essential: true },
);

const { server, another, folder, clock, url, a } = openWorld();
const done = (): Promise<void> => jobsDone(server().services);

function topic(letterWords: Partial<Letter> = {}): string {
  const name = `topic-${++number}`;
  words.set(name, { subject: `News of ${name}`, text: `There are news of ${name}.`, ...letterWords });
  return name;
}

const send = (to: Person, about: string, { kind = news, key = `key-${++number}` } = {}): Promise<void> =>
  transact(systemContext(server().services), "test", (tx) =>
    sendLetter(tx, kind, [{ personId: to.id, key, data: { topic: about } }]),
  );

/** Mails to somebody, with soft line breaks and folded headers put together again. */
const mailsOf = async (person: Person): Promise<string[]> =>
  (await mailsTo(folder(), person.email)).map((mail) => mail.replaceAll("=\r\n", "").replaceAll(/\r\n[ \t]/g, " "));

const fateOf = async (key: string): Promise<{ sent: boolean; dropped: string | null }> =>
  (
    await server().services.pool.query<{ sent: boolean; dropped: string | null }>(
      "SELECT sent_at IS NOT NULL AS sent, dropped FROM letters WHERE key = $1",
      [key],
    )
  ).rows[0]!;

const linksIn = (mail: string): string[] =>
  [...mail.matchAll(/http\S+(\/unsubscribe\/[\w.-]+)/g)].map(([, link]) => `${url()}${link}`);
const press = (link: string, type = "application/x-www-form-urlencoded"): Promise<Response> =>
  fetch(link, { method: "POST", headers: { "content-type": type }, body: "List-Unsubscribe=One-Click" });

test("sends nothing that is past by the time it would be sent", async () => {
  const person = await a.person();
  const gone = topic();
  words.set(gone, null);
  await send(person, gone, { key: "past" });
  await done();
  expect(await mailsOf(person)).toEqual([]);
  expect(await fateOf("past")).toEqual({ sent: false, dropped: "PAST" });
});

test("sends nothing of a transaction that was rolled back", async () => {
  const person = await a.person();
  const refused = transact(systemContext(server().services), "test", async (tx) => {
    await sendLetter(tx, news, [{ personId: person.id, key: "undone", data: { topic: topic() } }]);
    throw new Error("refused");
  });
  await expect(refused).rejects.toThrow("refused");
  await done();
  expect(await mailsOf(person)).toEqual([]);
});

test("refuses two kinds of one name", () => {
  expect(() => letter("test-news", () => Promise.resolve(null))).toThrow("Two kinds of letter are called test-news.");
});

test("answers a link that is cut off, forged or of another server with 404 and says so", async () => {
  const person = await a.person();
  await send(person, topic());
  await done();
  const [link] = linksIn((await mailsOf(person))[0]!);
  const [text] = link!.split("/").at(-1)!.split(".");
  const forged = `${url()}/unsubscribe/${text}.${"A".repeat(43)}`;
  for (const wrong of [link!.slice(0, -3), `${link}A`, forged, `${url()}/unsubscribe/x`])
    for (const method of ["GET", "POST"]) {
      const answer = await fetch(wrong, { method });
      expect(answer.status).toBe(404);
      expect(await answer.text()).toContain("This link is not valid");
    }
  await send(person, topic());
  await done();
  expect(await mailsOf(person)).toHaveLength(2);
});

test("sends a letter later when the mail server is away, and then once", async () => {
  const person = await a.person();
  const { services } = server();
  const { mailer } = services;
  let tries = 0;
  services.mailer = {
    send: (mail) => (++tries === 1 ? Promise.reject(new Error("mail server away")) : mailer.send(mail)),
  };
  await send(person, topic());
  await done();
  services.mailer = mailer;
  expect(await mailsOf(person)).toHaveLength(1);
});

test("composes with the rights that the recipient has now", async () => {
  const organization = await a.organization();
  const member = await a.member(organization);
  readers.length = 0;
  await send(member, topic());
  await done();
  expect(readers).toEqual([expect.objectContaining({ personId: member.id, sessionId: "", staffOf: [] })]);
  expect(readers[0]!.memberOf).toHaveLength(1);
});

test("puts off what would be more than 20 letters an hour to one person, and loses none of it", async () => {
  const [person, other] = [await a.person(), await a.person()];
  for (let count = 0; count < 25; count++) await send(person, topic());
  await send(other, topic());
  await done();
  expect([(await mailsOf(person)).length, (await mailsOf(other)).length]).toEqual([20, 1]);
  clock.now = new Date(clock.now.getTime() + 58 * 60_000);
  await hastenJobs(server().services);
  await done();
  expect(await mailsOf(person)).toHaveLength(20);
  clock.now = new Date(clock.now.getTime() + 3 * 60_000);
  await hastenJobs(server().services);
  await done();
  expect(await mailsOf(person)).toHaveLength(25);
});

test("lets no more than five letters an hour be asked for in somebody's name", async () => {
  const person = await a.person();
  for (let count = 0; count < 7; count++) await send(person, topic(), { kind: receipt });
  await done();
  expect(await mailsOf(person)).toHaveLength(5);
});

test("stops letters about a thing with one click, and no others", async () => {
  const person = await a.person();
  const [vigil, march] = [topic({ about: "vigil" }), topic({ about: "march" })];
  await send(person, vigil);
  await done();
  const [mail] = await mailsOf(person);
  const [header] = linksIn(/^List-Unsubscribe: <(.*)>/m.exec(mail!)![0]);
  expect(mail).toContain("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
  expect(mail).toContain("To get no more mails about this:");
  expect(decodeURIComponent(header!)).not.toContain(person.email);
  expect((await press(header!, "multipart/form-data; boundary=x")).status).toBe(200);
  expect((await press(header!)).status).toBe(200);
  await send(person, vigil, { key: "stopped" });
  await send(person, march);
  await done();
  expect(await fateOf("stopped")).toEqual({ sent: false, dropped: "STOPPED" });
  expect(await mailsOf(person)).toHaveLength(2);
});

test("stops all letters but those that the person asks for", async () => {
  const person = await a.person();
  await send(person, topic({ about: "vigil" }));
  await done();
  await press(linksIn((await mailsOf(person))[0]!).at(-1)!);
  await send(person, topic({ about: "march" }));
  await send(person, topic());
  await send(person, topic({ subject: "Please confirm" }), { kind: receipt });
  await done();
  const mails = await mailsOf(person);
  expect(mails).toHaveLength(2);
  expect(mails[1]).toContain("Subject: Please confirm");
  expect(linksIn(mails[1]!)).toEqual([]);
});

test("stops nothing when a scanner only opens the link, and shows a page without script", async () => {
  const person = await a.person();
  await send(person, topic());
  await done();
  const [link] = linksIn((await mailsOf(person))[0]!);
  const page = await fetch(link!);
  const html = await page.text();
  expect(page.headers.get("content-security-policy")).toMatch(
    /^default-src 'none'; style-src 'sha256-\S+'; form-action/,
  );
  expect(page.headers.get("x-robots-tag")).toBe("noindex");
  expect(page.headers.get("referrer-policy")).toBe("no-referrer");
  expect(html).toContain(`<form method="post"><button type="submit">Stop all mails</button></form>`);
  expect(html).not.toContain("<script");
  await send(person, topic());
  await done();
  expect(await mailsOf(person)).toHaveLength(2);
});

test("keeps line breaks out of the subject, and says who has written it", async () => {
  const person = await a.person();
  await send(person, topic({ subject: "Noon\nBcc: everybody@rallygraph.example" }));
  await done();
  const [mail] = await mailsOf(person);
  expect(mail).toContain("Subject: Noon Bcc: everybody@rallygraph.example");
  expect(mail).toContain("Auto-Submitted: auto-generated");
});

test("holds no change back while a mail server thinks", async () => {
  const person = await a.person();
  const { services } = server();
  const { mailer } = services;
  let release!: () => void;
  const thinking = new Promise<void>((resolve) => (release = resolve));
  const begun = new Promise<void>((resolve) => {
    services.mailer = { send: (mail) => (resolve(), thinking.then(() => mailer.send(mail))) };
  });
  await send(person, topic());
  await begun;
  const { rows } = await services.pool.query(
    `SELECT backend_xid FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction'`,
  );
  expect(rows).toEqual([{ backend_xid: null }]);
  release();
  services.mailer = mailer;
  await done();
  expect(await mailsOf(person)).toHaveLength(1);
});

test("sends a letter once, however often and from wherever its key comes", async () => {
  const person = await a.person();
  const about = topic();
  await another();
  await Promise.all(Array.from({ length: 8 }, () => send(person, about, { key: "once" })));
  await done();
  await send(person, about, { key: "once" });
  await done();
  expect(await mailsOf(person)).toHaveLength(1);
});

test("gives up at once what the mail server refuses for good", async () => {
  const person = await a.person();
  const { services } = server();
  const { mailer } = services;
  services.mailer = { send: () => Promise.reject(new AddressRefused()) };
  await send(person, topic(), { key: "refused" });
  await done();
  services.mailer = mailer;
  await hastenJobs(services);
  await done();
  expect(await mailsOf(person)).toEqual([]);
  expect(await fateOf("refused")).toEqual({ sent: false, dropped: "REFUSED" });
});
