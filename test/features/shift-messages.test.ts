import { jobsDone } from "../support/jobs.js";
import { dutyIn } from "../support/duty.js";
import { lettersTo } from "../support/outbox.js";
import { openWorld, type Person } from "../support/world.js";

const world = openWorld();
const { a, as, clock, folder, server } = world;
const { at, known, nextDay, place, rally } = dutyIn(world);
beforeEach(() => at("12:00:00"));

type Caller = ReturnType<typeof as>;
const words = { subject: "Wear a vest", text: "Orange, please." };
const send = (by: Caller, input: object) =>
  by.call(
    "messagePeacekeepers",
    { ...words, ...input },
    "message { id audience recipients subject text shift { id } }",
  );
const say = (by: Caller, shiftId: string, text = "I am at the north door.") =>
  by.call("messageCoordinators", { shiftId, text }, "shift { id }");
const read = async (by: Caller, event: { id: string }): Promise<string[]> =>
  (
    await by.run("query($id: ID!) { event(id: $id) { peacekeeperMessages { nodes { subject } } } }", { id: event.id })
  ).data.event.peacekeeperMessages.nodes.map(({ subject }: { subject: string }) => subject);
const lettersOf = async ({ email }: Person) => {
  await jobsDone(server().services);
  return lettersTo(folder(), email);
};

describe("a message to peacekeepers", () => {
  test("is for those who coordinate the event to send", async () => {
    const { event, shift } = await rally();
    const { person } = await place(shift);
    expect((await send(as(), { to: "EVENT", eventId: event.id })).code).toBe("UNAUTHENTICATED");
    for (const input of [
      { to: "EVENT", eventId: event.id },
      { to: "SHIFT", shiftId: shift },
    ])
      expect((await send(as(person), input)).code).toBe("FORBIDDEN");
    const hidden = await a.event({ visibility: "PRIVATE" as never });
    expect((await send(as(person), { to: "EVENT", eventId: hidden.id })).code).toBe("NOT_FOUND");
    const draft = await a.shift({ event, status: "DRAFT" as never });
    expect((await send(as(person), { to: "SHIFT", shiftId: draft })).code).toBe("NOT_FOUND");
  });

  test.each([
    ["a shift without one", (s: Ids) => ({ to: "SHIFT", eventId: s.eventId }), "input.shiftId"],
    ["an event without one", (s: Ids) => ({ to: "EVENT", shiftId: s.shiftId }), "input.shiftId"],
    ["those on duty at nothing", () => ({ to: "ON_DUTY" }), "input.eventId"],
    ["nobody in two lines", (s: Ids) => ({ to: "EVENT", eventId: s.eventId, subject: "a\nb c" }), "input.subject"],
    ["nobody without a word", (s: Ids) => ({ to: "EVENT", eventId: s.eventId, text: " " }), "input.text"],
  ])("to %s is refused, naming the field", async (_what, input, path) => {
    const { event, shift, coordinator } = await rally();
    const reply = await send(coordinator, input({ eventId: event.id, shiftId: shift }));
    expect(reply.fields[0]?.path).toBe(path);
  });

  test("reaches by mail those whom it is for, and shows nobody's address", async () => {
    const { event, shift, coordinator } = await rally();
    const other = await a.shift({ event });
    const [here, there, asked, onDuty] = [
      await place(shift),
      await place(other),
      await place(shift, "REQUESTED"),
      await place(other, "CHECKED_IN"),
    ];
    const sent = await send(coordinator, { to: "SHIFT", shiftId: shift });
    expect(sent.data.messagePeacekeepers.message).toMatchObject({ ...words, recipients: 1, shift: { id: shift } });
    await send(coordinator, { to: "EVENT", eventId: event.id, subject: "To all" });
    await send(coordinator, { to: "ON_DUTY", eventId: event.id, subject: "To who is here" });
    const subjects = async (person: Person) => (await lettersOf(person)).map(({ subject }) => subject).sort();
    expect(await subjects(here.person)).toEqual(["To all", "Wear a vest"]);
    expect(await subjects(there.person)).toEqual(["To all"]);
    expect(await subjects(onDuty.person)).toEqual(["To all", "To who is here"]);
    expect(await subjects(asked.person)).toEqual([]);
    const { text } = (await lettersOf(here.person)).find(({ subject }) => subject === "Wear a vest")!;
    expect(text).toContain("Orange, please.");
    expect(text).toContain("Your shift: marshal");
    expect(text).not.toContain("@");
  });

  test("is read by those whom it is for while they hold a place, by coordinators, and by nobody else", async () => {
    const { event, shift, coordinator } = await rally();
    const other = await a.shift({ event });
    const [here, there, onDuty] = [await place(shift), await place(other), await place(other, "CHECKED_IN")];
    for (const [to, subject] of [
      [{ to: "SHIFT", shiftId: shift }, "To the shift"],
      [{ to: "EVENT", eventId: event.id }, "To all"],
      [{ to: "ON_DUTY", eventId: event.id }, "To who is here"],
    ] as const) {
      clock.now = new Date(clock.now.getTime() + 1_000);
      await send(coordinator, { ...to, subject });
    }
    expect(await read(coordinator, event)).toEqual(["To who is here", "To all", "To the shift"]);
    expect(await read(as(here.person), event)).toEqual(["To all", "To the shift"]);
    expect(await read(as(there.person), event)).toEqual(["To all"]);
    expect(await read(as(onDuty.person), event)).toEqual(["To who is here", "To all"]);
    for (const nobody of [as(), as(await a.peacekeeper())]) expect(await read(nobody, event)).toEqual([]);
    await as(here.person).releaseShift(shift);
    expect(await read(as(here.person), event)).toEqual([]);
    const late = await place(shift);
    expect(await read(as(late.person), event)).toEqual(["To all", "To the shift"]);
  });

  test("is the twentieth of 24 hours, and no more", async () => {
    const { event, coordinator } = await rally();
    const message = () => send(coordinator, { to: "EVENT", eventId: event.id });
    const replies = await Promise.all(Array.from({ length: 22 }, message));
    expect(replies.filter(({ code }) => code === "OK")).toHaveLength(20);
    expect((await message()).reason).toBe("LIMIT_REACHED");
    nextDay("12:00:00");
    expect((await message()).code).toBe("OK");
  });
});

describe("a word to the coordinators", () => {
  test("is for those who hold a place, until a day after the shift", async () => {
    const { shift } = await rally();
    const [held, waiting] = [await place(shift), await place(shift, "WAITLISTED")];
    expect((await say(as(), shift)).code).toBe("UNAUTHENTICATED");
    for (const nobody of [waiting.person, await a.person()])
      expect(await say(as(nobody), shift)).toMatchObject({ code: "CONFLICT", reason: "NOT_SIGNED_UP" });
    const hidden = await a.shift({ event: await a.event({ visibility: "PRIVATE" as never }) });
    expect((await say(as(await a.person()), hidden)).code).toBe("NOT_FOUND");
    nextDay("20:00:01");
    expect((await say(as(held.person), shift)).reason).toBe("SHIFT_ENDED");
  });

  test("reaches them with the name that was given to them, or none, and without an address", async () => {
    const event = await a.event();
    const shift = await a.shift({ event });
    const coordinator = await a.coordinator(event);
    const [named, unnamed] = [await place(shift), await place(shift)];
    await known(named.person, "Ada");
    for (const { person } of [named, unnamed]) expect((await say(as(person), shift)).code).toBe("OK");
    const letters = (await lettersOf(coordinator)).filter(({ subject }) => subject.startsWith("From a peacekeeper"));
    expect(letters.map(({ text }) => text.slice(0, 20)).sort()).toEqual([
      "A peacekeeper writes",
      "Ada writes to you (m",
    ]);
    for (const { text } of letters) {
      expect(text).toContain("I am at the north door.");
      expect(text).not.toContain("@");
    }
    const rows = await server().services.db.query("SELECT text_sealed FROM coordinator_messages");
    for (const { text_sealed: sealed } of rows) expect(sealed.toString("latin1")).not.toContain("north door");
  });

  test("is the fifth of 24 hours, and no more", async () => {
    const { shift } = await rally();
    const { person } = await place(shift);
    const replies = await Promise.all(Array.from({ length: 7 }, () => say(as(person), shift)));
    expect(replies.filter(({ code }) => code === "OK")).toHaveLength(5);
    expect((await say(as(person), shift)).reason).toBe("LIMIT_REACHED");
  });
});

test("a merge takes messages to the event that stays", async () => {
  const [campaign, creator] = [await a.campaign(), await a.person()];
  const [from, into] = [
    await a.event({ campaign, createdByPerson: creator }),
    await a.event({ campaign, createdByPerson: creator }),
  ];
  const { person } = await place(await a.shift({ event: from }));
  await send(as(creator), { to: "EVENT", eventId: from.id });
  await as(creator).call("mergeEvent", { eventId: from.id, intoEventId: into.id }, "__typename");
  expect(await read(as(person), into)).toEqual([words.subject]);
});

interface Ids {
  eventId: string;
  shiftId: string;
}
