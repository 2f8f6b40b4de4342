import { Gathering, type Outcome } from "../../src/platform/database/gathering.js";

/** Work that waits until it is let go, and remembers who was done together. */
function slowWork(refuse: (calls: string[]) => Error | null = () => null) {
  const together: string[][] = [];
  const holds: (() => void)[] = [];
  const work = async (calls: string[]): Promise<Outcome<string>[]> => {
    together.push(calls);
    await new Promise<void>((resolve) => holds.push(resolve));
    const error = refuse(calls);
    if (error) throw error;
    return calls.map((call) => (call === "bad" ? { error: new Error("its own") } : { result: call.toUpperCase() }));
  };
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  /** Lets everything go until nothing is under way any more. */
  const finish = async (): Promise<void> => {
    for (let quiet = 0; quiet < 5; await turn()) quiet = holds.length > 0 ? (holds.shift()!(), 0) : quiet + 1;
  };
  return { together, work, turn, finish };
}

test("does the first at once, the next ones together, and answers each with its own", async () => {
  const { together, work, turn, finish } = slowWork();
  const gathering = new Gathering(work);
  const answers = [gathering.add("a")];
  await turn();
  answers.push(gathering.add("b"), gathering.add("bad"), gathering.add("c"));
  const settled = Promise.allSettled(answers);
  await finish();
  expect((await settled).map((one) => (one.status === "fulfilled" ? one.value : one.reason.message))).toEqual([
    "A",
    "B",
    "its own",
    "C",
  ]);
  expect(together).toEqual([["a"], ["b", "bad", "c"]]);
});

test("does a call after the one that it is to be kept apart from", async () => {
  const { together, work, finish } = slowWork();
  const gathering = new Gathering(work, { apart: (call) => call });
  const settled = Promise.all(["a", "a", "b", "a"].map((call) => gathering.add(call)));
  await finish();
  expect(await settled).toEqual(["A", "A", "B", "A"]);
  expect(together).toEqual([["a", "b"], ["a"], ["a"]]);
});

test("tries one by one what failed together and left nothing behind, and nothing else", async () => {
  for (const alone of [true, false]) {
    const { work, finish } = slowWork((calls) => (calls.includes("worst") ? new Error("all of it") : null));
    const gathering = new Gathering(work, { alone: () => alone });
    const settled = Promise.allSettled(["a", "worst", "b"].map((call) => gathering.add(call)));
    await finish();
    const rejected = (await settled).map(({ status }) => status === "rejected");
    expect(rejected).toEqual(alone ? [false, true, false] : [true, true, true]);
  }
});

test("lets the next ones begin beside what takes long", async () => {
  const { together, work, turn, finish } = slowWork();
  const gathering = new Gathering(work);
  const settled = [gathering.add("stuck")];
  await turn();
  settled.push(gathering.add("a"), gathering.add("b"));
  while (together.length < 2) await turn();
  await finish();
  expect(await Promise.all(settled)).toEqual(["STUCK", "A", "B"]);
  expect(together).toEqual([["stuck"], ["a", "b"]]);
});
