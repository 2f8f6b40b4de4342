import { openWorld } from "../support/world.js";

const { a, as } = openWorld();

test("gives the last place to exactly one of two peacekeepers", async () => {
  const shift = await a.shift({ capacity: 1 });
  const people = await Promise.all([a.peacekeeper(), a.peacekeeper()]);
  const replies = await Promise.all(people.map((person) => as(person).claimShift(shift)));
  expect(replies.map((reply) => reply.code).sort()).toEqual(["CONFLICT", "OK"]);
  expect(replies.map((reply) => reply.reason).sort()).toEqual(["SHIFT_FULL", undefined]);
});
