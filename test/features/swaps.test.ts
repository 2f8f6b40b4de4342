import { jobsDone, runTask } from "../support/jobs.js";
import { lettersTo } from "../support/outbox.js";
import { openWorld, type Person } from "../support/world.js";

const { a, as, clock, folder, server } = openWorld();
const begin = new Date("2026-01-20T12:00:00Z");
beforeEach(() => void (clock.now = begin));

const onShift = (name: string) => (by: Person | undefined, shiftId: string) =>
  as(by).call(name, { shiftId }, "shift { taken confirmed swapsOffered } signup { id status releasedLate }");
const [claim, offer, withdraw] = [onShift("claimShift"), onShift("offerSwap"), onShift("withdrawSwap")];
const swapFields = "id status deadline giver { id } taker { id status }";
const accept = (by: Person | undefined, shiftId: string) =>
  as(by).call("acceptSwap", { shiftId }, `shift { taken confirmed swapsOffered } swap { ${swapFields} }`);
const decide = (name: string, by: Person, swapId: string) =>
  as(by).call(name, { swapId }, `shift { taken confirmed swapsOffered } swap { ${swapFields} }`);
const statusOf = async (by: Person, shift: string): Promise<string> =>
  (await as(by).run(`{ node(id: "${shift}") { ... on Shift { viewerSignup { status } } } }`)).data.node.viewerSignup
    ?.status ?? "NONE";
const subjects = async ({ email }: Person): Promise<string[]> => {
  await jobsDone(server().services);
  return (await lettersTo(folder(), email)).map(({ subject }) => subject.replace(/: Rally.*/, ""));
};

/** A full shift of one, whose holder would give the place away. */
async function offered(fields: Parameters<typeof a.shift>[0] = {}) {
  const event = await a.event();
  const shift = await a.shift({ event, capacity: 1, ...fields });
  const [giver, coordinator] = [await a.peacekeeper(), await a.coordinator(event)];
  await claim(giver, shift);
  expect((await offer(giver, shift)).data.offerSwap).toMatchObject({
    shift: { taken: 1, confirmed: 1, swapsOffered: 1 },
    signup: { status: "SWAP_OFFERED" },
  });
  return { event, shift, giver, coordinator };
}
/** The same, where somebody waits for approval. */
async function pending(taker?: Person) {
  const made = await offered({ swapNeedsApproval: true });
  const someone = taker ?? (await a.peacekeeper());
  const { swap } = (await accept(someone, made.shift)).data.acceptSwap;
  return { ...made, taker: someone, swap: swap.id as string };
}

describe("refuses", () => {
  test("to offer what one does not hold for sure, or once it has begun", async () => {
    const shift = await a.shift();
    const [nobody, newcomer, holder] = [await a.person(), await a.person(), await a.peacekeeper()];
    expect((await offer(undefined, shift)).code).toBe("UNAUTHENTICATED");
    expect((await offer(nobody, shift)).reason).toBe("NOT_SIGNED_UP");
    await claim(newcomer, shift);
    expect((await offer(newcomer, shift)).reason).toBe("SIGNUP_STATUS");
    await claim(holder, shift);
    clock.now = new Date("2026-01-23T18:00:00Z");
    expect((await offer(holder, shift)).reason).toBe("SHIFT_STARTED");
  });

  test("to take a place where none is offered, or one's own, or while one is elsewhere", async () => {
    const { giver, shift } = await offered();
    expect((await accept(giver, shift)).reason).toBe("ALREADY_SIGNED_UP");
    const busy = await a.peacekeeper();
    await claim(busy, await a.shift());
    expect((await accept(busy, shift)).reason).toBe("OVERLAPS");
    await withdraw(giver, shift);
    expect((await accept(await a.peacekeeper(), shift)).reason).toBe("NO_SWAP_OFFERED");
  });

  test("to let anybody but coordinators decide, and to show a swap to others", async () => {
    const { swap, giver, taker, coordinator } = await pending();
    for (const name of ["approveSwap", "declineSwap", "undoSwap"]) {
      for (const by of [giver, taker]) expect((await decide(name, by, swap)).code).toBe("FORBIDDEN");
      expect((await decide(name, await a.person(), swap)).code).toBe("NOT_FOUND");
    }
    const seen = async (by: Person) => (await as(by).run(`{ node(id: "${swap}") { id } }`)).data.node;
    for (const by of [giver, taker, coordinator]) expect(await seen(by)).toEqual({ id: swap });
    expect(await seen(await a.person())).toBeNull();
  });
});

test("goes over at once between people who are known, never late, and both are told", async () => {
  const { giver, shift } = await offered({ releaseCutoffMinutes: 10_000 });
  const taker = await a.peacekeeper();
  const { data } = await accept(taker, shift);
  expect(data.acceptSwap).toMatchObject({
    shift: { taken: 1, confirmed: 1, swapsOffered: 0 },
    swap: { status: "DONE", giver: null, taker: { status: "CONFIRMED" } },
  });
  expect((await accept(taker, shift)).data.acceptSwap.swap.id).toBe(data.acceptSwap.swap.id);
  const own = await as(giver).run(`{ node(id: "${shift}") { ... on Shift { viewerSignup { status releasedLate } } } }`);
  expect(own.data.node.viewerSignup).toEqual({ status: "RELEASED", releasedLate: false });
  expect(await subjects(giver)).toEqual(["Your place is taken over"]);
  expect(await subjects(taker)).toEqual(["You have a place"]);
});

test("takes the place that is offered longest, and gives it to one of many who want it at once", async () => {
  const shift = await a.shift({ capacity: 2 });
  const [first, second] = [await a.peacekeeper(), await a.peacekeeper()];
  await claim(first, shift);
  await claim(second, shift);
  await offer(second, shift);
  clock.now = new Date(+begin + 60_000);
  await offer(first, shift);
  await accept(await a.peacekeeper(), shift);
  expect([await statusOf(first, shift), await statusOf(second, shift)]).toEqual(["SWAP_OFFERED", "RELEASED"]);
  const people = await Promise.all(Array.from({ length: 8 }, () => a.peacekeeper()));
  const replies = await Promise.all(people.map((person) => accept(person, shift)));
  expect(replies.filter(({ code }) => code === "OK")).toHaveLength(1);
  expect(replies.filter(({ reason }) => reason === "NO_SWAP_OFFERED")).toHaveLength(7);
});

test("lets the giver keep the place until a coordinator approves, where the shift or a newcomer asks for it", async () => {
  const plain = await offered();
  const newcomer = await a.person();
  expect((await accept(newcomer, plain.shift)).data.acceptSwap).toMatchObject({
    shift: { taken: 1, confirmed: 1, swapsOffered: 0 },
    swap: { status: "PENDING", deadline: "2026-01-21T12:00:00+00:00", taker: null },
  });
  const { giver, taker, shift, swap, coordinator } = await pending();
  expect([await statusOf(giver, shift), await statusOf(taker, shift)]).toEqual(["SWAP_OFFERED", "NONE"]);
  expect((await accept(await a.peacekeeper(), shift)).reason).toBe("NO_SWAP_OFFERED");
  const waiting = await as(coordinator).run(
    `{ node(id: "${shift}") { ... on Shift { swaps(status: PENDING) { nodes { id } } } } }`,
  );
  expect(waiting.data.node.swaps.nodes).toEqual([{ id: swap }]);
  for (let again = 0; again < 2; again++)
    expect((await decide("approveSwap", coordinator, swap)).data.approveSwap).toMatchObject({
      shift: { taken: 1, confirmed: 1 },
      swap: { status: "DONE", taker: { status: "CONFIRMED" } },
    });
  expect([await statusOf(giver, shift), await statusOf(taker, shift)]).toEqual(["RELEASED", "CONFIRMED"]);
});

test("approves nobody who is elsewhere by now, and counts no place twice", async () => {
  const { taker, shift, swap, coordinator } = await pending();
  await claim(taker, await a.shift());
  expect(await decide("approveSwap", coordinator, swap)).toMatchObject({ code: "CONFLICT", reason: "OVERLAPS" });
  expect((await as(taker).run(`{ node(id: "${shift}") { ... on Shift { taken swapsOffered } } }`)).data.node).toEqual({
    taken: 1,
    swapsOffered: 0,
  });
});

test("offers the place to others when it is declined, withdrawn or not approved in time, and says so", async () => {
  const declined = await pending();
  await decide("declineSwap", declined.coordinator, declined.swap);
  expect((await decide("approveSwap", declined.coordinator, declined.swap)).reason).toBe("SWAP_STATUS");
  expect(await subjects(declined.taker)).toEqual(["Not this time"]);
  expect((await accept(await a.peacekeeper(), declined.shift)).data.acceptSwap.swap.status).toBe("PENDING");

  const withdrawn = await pending();
  expect((await decide("withdrawSwapRequest", withdrawn.giver, withdrawn.swap)).code).toBe("NOT_FOUND");
  expect((await decide("withdrawSwapRequest", withdrawn.taker, withdrawn.swap)).data.withdrawSwapRequest).toMatchObject(
    {
      shift: { swapsOffered: 1 },
      swap: { status: "WITHDRAWN" },
    },
  );

  const late = await pending();
  clock.now = new Date("2026-01-21T12:00:00Z");
  await runTask(server().services, "overdue swaps");
  expect(await subjects(late.taker)).toEqual(["Not this time"]);
  expect(await statusOf(late.giver, late.shift)).toBe("SWAP_OFFERED");
});

test.each(["withdrawSwap", "releaseShift"])("ends what waits for approval when the giver says %s", async (name) => {
  const { giver, taker, shift, swap, coordinator } = await pending();
  await onShift(name)(giver, shift);
  expect((await as(taker).run(`{ node(id: "${swap}") { ... on ShiftSwap { status } } }`)).data.node.status).toBe(
    "WITHDRAWN",
  );
  expect((await decide("approveSwap", coordinator, swap)).reason).toBe("SWAP_STATUS");
  expect(await subjects(taker)).toEqual(["Not this time"]);
});

test("lets one person wait for two swaps at a time, and ends what is needless", async () => {
  const newcomer = await a.person();
  const day = (date: number) => ({
    startsAt: new Date(Date.UTC(2026, 0, date, 18)),
    endsAt: new Date(Date.UTC(2026, 0, date, 20)),
  });
  const some = [await offered(day(22)), await offered(day(23)), await offered(day(24))];
  const replies = [];
  for (const { shift } of some) replies.push(await accept(newcomer, shift));
  expect(replies.map(({ code, reason }) => reason ?? code)).toEqual(["OK", "OK", "LIMIT_REACHED"]);
  const { shift } = some[0]!;
  await server().services.db.query("UPDATE shifts SET capacity = 2 WHERE starts_at = $1", [day(22).startsAt]);
  await claim(newcomer, shift);
  await runTask(server().services, "overdue swaps");
  expect((await as(newcomer).run("{ viewer { swaps { nodes { status } } } }")).data.viewer.swaps.nodes).toHaveLength(2);
  expect((await accept(await a.peacekeeper(), shift)).data.acceptSwap.swap.status).toBe("DONE");
});

describe("Undone by a coordinator,", () => {
  const swapped = async () => {
    const made = await offered();
    const taker = await a.peacekeeper();
    const { swap } = (await accept(taker, made.shift)).data.acceptSwap;
    return { ...made, taker, swap: swap.id as string };
  };

  test("the giver has the place again, and both are told", async () => {
    const { giver, taker, shift, swap, coordinator } = await swapped();
    for (let again = 0; again < 2; again++)
      expect((await decide("undoSwap", coordinator, swap)).data.undoSwap).toMatchObject({
        shift: { taken: 1, confirmed: 1 },
        swap: { status: "UNDONE" },
      });
    expect([await statusOf(giver, shift), await statusOf(taker, shift)]).toEqual(["CONFIRMED", "RELEASED"]);
    expect(await subjects(giver)).toContain("You have your place again");
    expect(await subjects(taker)).toContain("Your place is gone");
  });

  test("but not when the giver is elsewhere, the taker has given it on, or the shift has begun", async () => {
    const busy = await swapped();
    await claim(busy.giver, await a.shift());
    expect((await decide("undoSwap", busy.coordinator, busy.swap)).reason).toBe("OVERLAPS");
    expect(await statusOf(busy.taker, busy.shift)).toBe("CONFIRMED");
    const gone = await swapped();
    await onShift("releaseShift")(gone.taker, gone.shift);
    clock.now = new Date(+begin + 60_000);
    await claim(gone.taker, gone.shift);
    expect((await decide("undoSwap", gone.coordinator, gone.swap)).reason).toBe("SIGNUP_STATUS");
    const begun = await swapped();
    clock.now = new Date("2026-01-23T18:30:00Z");
    expect((await decide("undoSwap", begun.coordinator, begun.swap)).reason).toBe("SHIFT_STARTED");
  });
});
