import { codeFor, mailsTo } from "../support/outbox.js";
import { openWorld } from "../support/world.js";

const { a, as, clock, folder, server } = openWorld();

const request = (email: string) =>
  as().run(`mutation($email: String!) { requestSignInCode(input: { email: $email }) { expiresInSeconds } }`, { email });
const signIn = (email: string, code: string) =>
  as().run(
    `mutation($email: String!, $code: String!) { signIn(input: { email: $email, code: $code }) { token viewer { email signups { nodes { id } } } } }`,
    { email, code },
  );
const wrong = (code: string): string => (code === "000000" ? "000001" : "000000");

test("refuses an address that is none, naming the field", async () => {
  const reply = await request("not-an-address");
  expect(reply.code).toBe("BAD_USER_INPUT");
  expect(reply.fields).toEqual([{ path: "input.email", reason: "must be an e-mail address, such as ana@example.org" }]);
});

test("refuses a wrong code, and a right one after five wrong tries", async () => {
  const email = "guesser@rallygraph.example";
  await request(email);
  const code = await codeFor(folder(), email);
  for (let tries = 0; tries < 5; tries++)
    expect((await signIn(email, wrong(code))).reason).toBe("CODE_WRONG_OR_EXPIRED");
  expect((await signIn(email, code)).reason).toBe("CODE_WRONG_OR_EXPIRED");
});

test("refuses a code after ten minutes, and one that was used", async () => {
  const email = "late@rallygraph.example";
  await request(email);
  const late = await codeFor(folder(), email);
  const before = clock.now;
  clock.now = new Date(before.getTime() + 10 * 60_000);
  expect((await signIn(email, late)).reason).toBe("CODE_WRONG_OR_EXPIRED");
  clock.now = before;
  expect((await signIn(email, late)).code).toBe("OK");
  expect((await signIn(email, late)).reason).toBe("CODE_WRONG_OR_EXPIRED");
});

test("says the same for known, unknown and over-asked addresses, and sends no sixth mail in an hour", async () => {
  const known = (await a.person()).email;
  const replies = [await request(known), await request("stranger@rallygraph.example")];
  for (let more = 0; more < 5; more++) replies.push(await request(known));
  expect(new Set(replies.map((reply) => JSON.stringify(reply.body)))).toEqual(
    new Set(['{"data":{"requestSignInCode":{"expiresInSeconds":600}}}']),
  );
  expect(await mailsTo(folder(), known)).toHaveLength(5);
});

test("finds one account however the address is typed", async () => {
  await request("Ana.Maria@Rallygraph.example");
  const reply = await signIn("ana.maria@rallygraph.EXAMPLE", await codeFor(folder(), "ana.maria@rallygraph.example"));
  expect(reply.data.signIn.viewer).toEqual({ email: "ana.maria@rallygraph.example", signups: { nodes: [] } });
});

test("refuses a token at once after signing out, over HTTP and on open sockets", async () => {
  const person = await a.person();
  const campaign = await a.campaign();
  const listening = await as(person).listen(`subscription($id: ID!) { eventChanged(campaignId: $id) { position } }`, {
    id: campaign.id,
  });
  expect((await as(person).run("mutation { signOut { signedOut } }")).code).toBe("OK");
  expect(await listening.ended).toMatchObject({ code: 4403 });
  expect(await as(person).run("{ viewer { email } }")).toMatchObject({
    code: "UNAUTHENTICATED",
    reason: "TOKEN_INVALID",
    status: 401,
  });
});

test("refuses a token that has expired", async () => {
  const person = await a.person();
  const before = clock.now;
  clock.now = new Date(before.getTime() + 30 * 24 * 3_600_000);
  expect((await as(person).run("{ viewer { email } }")).reason).toBe("TOKEN_INVALID");
  clock.now = before;
});

test("answers null for the viewer when nobody is signed in", async () => {
  expect((await as().run("{ viewer { email } }")).body).toEqual({ data: { viewer: null } });
});

test("keeps no address, code or token in the clear", async () => {
  const email = "hidden@rallygraph.example";
  await request(email);
  const code = await codeFor(folder(), email);
  const { token } = (await signIn(email, code)).data.signIn;
  const rows = await server().services.db.query(
    "SELECT p::text AS row FROM people p UNION ALL SELECT c::text FROM sign_in_codes c UNION ALL SELECT s::text FROM sessions s",
  );
  const hex = (text: string): string => Buffer.from(text).toString("hex");
  for (const secret of [email, token, hex(email), hex(token), hex(code)])
    expect(JSON.stringify(rows)).not.toContain(secret);
});
