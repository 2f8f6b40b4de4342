import { type Canaries, canaries } from "../support/canaries/index.js";
import { allReads } from "../support/canaries/reads.js";
import { type Role, roles } from "../support/matrix/people.js";
import { openWorld } from "../support/world.js";

const world = openWorld({ LOG_LEVEL: "trace" });
const { as, lines } = world;
let it: Canaries;
let start: string;

beforeAll(async () => {
  start = (await as().run("{ position }")).data.position;
  it = await canaries(world);
});

/** What somebody has read that they may not know, as "who, by what, which". */
const leaks = new Set<string>();
const searched = (role: Role | "the log", by: string, text: string): void => {
  for (const mark of it.marks.unknownTo(role, text)) leaks.add(`${role} by ${by}: ${mark}`);
};
afterEach(() => leaks.clear());

test.each(roles)("shows %s, by whatever can be read, nothing that they may not know", async (role) => {
  const refused = new Set<string>();
  const queue = allReads(it, role, start);
  const worker = async (): Promise<void> => {
    for (let read = queue.pop(); read; read = queue.pop()) {
      const { code, body } = await as(it.people[role]).run(read.query, read.variables);
      if (!["OK", "FORBIDDEN", "NOT_FOUND", "UNAUTHENTICATED"].includes(code))
        refused.add(`${read.name}: ${code} ${body.errors?.[0]?.message}`);
      searched(role, read.name, JSON.stringify(body));
    }
  };
  await Promise.all(Array.from({ length: 6 }, worker));
  expect([...refused]).toEqual([]);
  expect([...leaks].sort()).toEqual([]);
});

test("has shown everything to somebody who may know it", () => {
  expect(it.marks.knowable.filter((name) => !it.marks.met.has(name))).toEqual([]);
});

test("wrote nothing of it into the log", () => {
  expect(lines.length).toBeGreaterThan(0);
  searched("the log", "a line", lines.join("\n"));
  expect([...leaks]).toEqual([]);
});
