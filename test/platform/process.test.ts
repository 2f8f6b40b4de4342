import { execFile } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { projectFile } from "../../src/platform/files.js";
import { post, replyOf } from "../support/client.js";
import { codeFor } from "../support/outbox.js";
import { dataFolder, startProcess } from "../support/process.js";

jest.setTimeout(120_000);

const env = (folder: string, more: Record<string, string> = {}) => ({ DATA_DIR: folder, LAME_DUCK_MS: "0", ...more });

async function signIn(url: string, folder: string, email: string): Promise<string> {
  await post(url, `mutation($e: String!) { requestSignInCode(input: { email: $e }) { expiresInSeconds } }`, {
    e: email,
  });
  const variables = { e: email, c: await codeFor(folder, email) };
  const reply = await post(
    url,
    `mutation($e: String!, $c: String!) { signIn(input: { email: $e, code: $c }) { token } }`,
    variables,
  );
  return reply.data.signIn.token;
}

const postmaster = async (folder: string): Promise<number> =>
  Number((await readFile(path.join(folder, "postgres", "postmaster.pid"), "utf8")).split("\n")[0]);

const lives = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test("tells all faults of the configuration at once and exits with 78", async () => {
  const faulty = startProcess({
    PORT: "70000",
    MAIL_URL: "http://mail",
    NODE_ENV: "production",
    DATABASE_URL: "postgres://127.0.0.1/x",
    DEMO: "yes",
  });
  await expect(faulty).rejects.toMatchObject({ code: 78 });
  const text = await faulty.catch((error: Error) => error.message);
  for (const name of ["PORT", "MAIL_URL", "DEMO"]) expect(text).toContain(`${name}: `);
  await expect(startProcess({ NODE_ENV: "production", DATABASE_URL: "postgres://127.0.0.1/x" })).rejects.toThrow(
    "SECRET_KEY: is required in production",
  );
});

test("stopped while it starts, it takes its database with it", async () => {
  const { folder, remove } = await dataFolder();
  const child = await new Promise<ChildProcess>(
    (resolve) => void startProcess(env(folder), resolve).catch(() => undefined),
  );
  const exited = once(child, "exit");
  // While initdb prepares it, its own pid stands there, negative.
  let database = 0;
  while (!(database > 0)) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    database = await postmaster(folder).catch(() => 0);
  }
  child.kill("SIGTERM");
  expect(await exited).toEqual([0, null]);
  // PostgreSQL takes it away when it has shut down in order.
  await expect(postmaster(folder)).rejects.toMatchObject({ code: "ENOENT" });
  await remove();
});

const admin = (folder: string, ...args: string[]) =>
  promisify(execFile)(process.execPath, [projectFile("dist/src/admin.js"), ...args], {
    env: { ...process.env, DATABASE_URL: "", DATA_DIR: folder },
  });

test("loads January 23 on an empty machine, and comes back after kill -9 of itself and PostgreSQL with every acknowledged row", async () => {
  const { folder, remove } = await dataFolder();
  const first = await startProcess(env(folder));
  const ask = `{ campaign(slug: "january-23") { id title endorsements { totalCount } turnout { low scheduled } } events { nodes { id title } } }`;
  const before = await post(first.url, ask);
  expect(before.data.campaign).toMatchObject({
    title: "ICE Out of MN: Day of Truth and Freedom",
    endorsements: { totalCount: 19 },
    turnout: { low: null, scheduled: 10 },
  });
  expect(before.data.events.nodes).toHaveLength(11);
  const token = await signIn(first.url, folder, "reporter@january-23.example");
  const event = before.data.events.nodes.find(({ title }: { title: string }) => title === "Day of Truth and Freedom");
  const report = `mutation($id: ID!, $n: Int!, $at: DateTime) { reportTurnout(input: { eventId: $id, count: $n, observedAt: $at }) { event { turnout { low reports } } } }`;
  const count = (url: string, n: number) =>
    post(url, report, { id: event.id, n, at: `2026-01-23T19:${10 + n}:00Z` }, token);
  for (let n = 1; n <= 20; n++) expect((await count(first.url, n)).code).toBe("OK");
  const database = await postmaster(folder);
  first.child.kill("SIGKILL");
  process.kill(database, "SIGKILL");

  const second = await startProcess(env(folder));
  const after = await post(second.url, ask);
  expect(after.data.events).toEqual(before.data.events);
  expect((await count(second.url, 21)).data.reportTurnout.event.turnout).toEqual({
    low: 21,
    reports: 21,
  });
  const [again, pid] = [await post(second.url, ask), await postmaster(folder)];
  expect(again.data.campaign.turnout).toEqual({ low: 21, scheduled: 10 });
  expect((await admin(folder, "verify")).stdout).toBe("11 events: every number is what its reports come to.\n");
  expect(await second.end("SIGINT")).toBe(0);
  // Gone, as soon as init has taken note of it.
  while (lives(pid)) await new Promise((resolve) => setImmediate(resolve));
  await remove();
});

test("starts empty with DEMO=false, is given its first staff on the command line, and refuses another secret key", async () => {
  const { folder, remove } = await dataFolder();
  const server = await startProcess(env(folder, { DEMO: "false" }));
  expect((await post(server.url, "{ campaigns { nodes { slug } } events { nodes { id } } }")).data).toEqual({
    campaigns: { nodes: [] },
    events: { nodes: [] },
  });
  await admin(folder, "create-campaign", "--slug", "may-day", "--title", "May Day", "--date", "2026-05-01");
  await admin(folder, "add-staff", "--email", "first@rallygraph.example", "--campaign", "may-day");
  await expect(admin(folder, "add-staff", "--email", "x", "--campaign", "may-day")).rejects.toMatchObject({ code: 78 });
  await expect(admin(folder, "add-staff", "--email", "first@rallygraph.example")).rejects.toMatchObject({
    stderr: expect.stringContaining("--campaign is missing") as string,
  });
  expect((await post(server.url, `{ campaign(slug: "may-day") { title } }`)).data.campaign.title).toBe("May Day");
  expect(await signIn(server.url, folder, "first@rallygraph.example")).toHaveLength(43);
  expect(await server.end("SIGTERM")).toBe(0);
  await expect(startProcess(env(folder, { SECRET_KEY: "22".repeat(32) }))).rejects.toMatchObject({ code: 78 });
  await remove();
});

test("goes out of rotation first when it is told to stop, and still answers whoever comes", async () => {
  const { folder, remove } = await dataFolder();
  const server = await startProcess(env(folder, { DEMO: "false", LAME_DUCK_MS: "1500" }));
  const ready = () => fetch(`${server.url}/readyz`);
  expect((await ready()).status).toBe(200);
  const ended = server.end("SIGTERM");
  let response = await ready();
  while (response.status === 200) response = await ready();
  expect(response.status).toBe(503);
  const outcomes: number[] = [];
  for (let open = true; open;) {
    const answer = await fetch(`${server.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: "{ cities(first: 1) { nodes { name } } }" }),
    }).catch(() => null);
    if (answer === null) open = false;
    else {
      expect(answer.headers.get("connection")).toBe("close");
      outcomes.push(answer.status);
      expect(replyOf(answer.status, (await answer.json()) as never).code).toBe("OK");
    }
  }
  expect(outcomes.length).toBeGreaterThan(10);
  expect(await ended).toBe(0);
  await remove();
});
