import { openWorld } from "../support/world.js";

const { a, as, server } = openWorld();
const question = `query Titles($id: ID!) { event(id: $id) { title } }`;

/** How often the server reads titles of events while something is done. */
async function readsOf(work: () => Promise<unknown>): Promise<number> {
  const query = jest.spyOn(server().services.pool, "query");
  await work();
  const count = query.mock.calls.filter(([sent]) => JSON.stringify(sent).includes("title")).length;
  query.mockRestore();
  return count;
}

test("asks the database again each time for one who is signed in", async () => {
  const { id } = await a.event();
  const person = await a.person();
  const ask = () => as(person).run(question, { id });
  expect(await readsOf(async () => (await ask(), await ask()))).toBe(2);
});

test("asks the database once for fifty who are not and want the same", async () => {
  const { id } = await a.event({ title: "One rally" });
  const told: unknown[] = [];
  const reads = await readsOf(async () => {
    const replies = await Promise.all(Array.from({ length: 50 }, () => as().run(question, { id })));
    told.push(...replies.map(({ data }) => data));
  });
  expect(told).toHaveLength(50);
  for (const data of told) expect(data).toEqual({ event: { title: "One rally" } });
  // The change that made the event may be heard of between two of them.
  expect(reads).toBeLessThanOrEqual(2);
});

test("shows a change to everybody who reads after the answer to whoever made it", async () => {
  const campaign = await a.campaign();
  const staff = await a.staff(campaign);
  const { id } = await a.event({ campaign });
  for (let version = 1; version <= 10; version++) {
    const title = `Version ${version}`;
    const [, edited] = await Promise.all([
      as().run(question, { id }),
      as(staff).call("editEvent", { eventId: id, version, title }),
    ]);
    expect(edited.code).toBe("OK");
    expect((await as().run(question, { id })).data).toEqual({ event: { title } });
  }
});
