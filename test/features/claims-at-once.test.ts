import { randomUUID } from "node:crypto";
import { fromGlobalId } from "../../src/platform/database/ids.js";
import { openWorld, type Person } from "../support/world.js";

const { a, as, clock, server } = openWorld();
clock.now = new Date("2026-01-20T12:00:00Z");

/** All that a claim has written, without what tells one from another. */
async function written(shift: string, person: Person): Promise<unknown> {
  const id = fromGlobalId("Shift", shift, "id");
  const [row] = await server().services.db.query(
    `SELECT s.taken, s.confirmed, s.line,
       (SELECT row_to_json(r) FROM (SELECT g.status, g.starts_at, g.ends_at, g.claimed_at, g.line, g.deadline, g.released_at,
          g.released_late, g.version) r) AS signup,
       (SELECT json_agg(row_to_json(r)) FROM (SELECT version, status, at, actor_id = $2 AS own, reason FROM signup_steps
          WHERE signup_id = g.id) r) AS steps,
       (SELECT json_agg(row_to_json(r)) FROM (SELECT because, since, told_version FROM event_follows
          WHERE event_id = s.event_id AND person_id = $2 ORDER BY because) r) AS follows,
       (SELECT json_agg(row_to_json(r)) FROM (SELECT at, action, subject_type, fields, scopes = ARRAY[e.id, e.campaign_id] AS scoped
          FROM audit_entries WHERE actor_id IS NULL AND subject_id = g.id) r) AS audits,
       (SELECT json_agg(row_to_json(r)) FROM (SELECT topic, kind, scopes = ARRAY[e.id, e.campaign_id] AS scoped FROM changes
          WHERE subject_id = s.id) r) AS changes
     FROM shifts s JOIN events e ON e.id = s.event_id LEFT JOIN shift_signups g ON g.shift_id = s.id AND g.person_id = $2
     WHERE s.id = $1`,
    [id, person.id],
  );
  return row;
}

// A claim with a key is looked up and made the long way.
test("a claim without a key writes what one with a key does", async () => {
  const rows: unknown[] = [];
  for (const key of [undefined, randomUUID()]) {
    const [event, person] = [await a.event(), await a.peacekeeper()];
    await a.follower(event, person);
    await server().services.db.query("UPDATE events SET version = 7 WHERE id = $1", [
      fromGlobalId("Event", event.id, "id"),
    ]);
    const shift = await a.shift({ event });
    expect((await as(person).claimShift(shift, key)).code).toBe("OK");
    rows.push(await written(shift, person));
  }
  expect(rows[0]).toEqual(rows[1]);
  expect(rows[0]).toMatchObject({ taken: 1, confirmed: 1, signup: { status: "CONFIRMED" } });
});

test("and is refused in the same words", async () => {
  const busy = await a.peacekeeper();
  await as(busy).claimShift(await a.shift());
  const hidden = await a.event({ visibility: "PRIVATE" as never });
  const shifts: [string, Person?][] = [
    [await a.shift({ capacity: 1, taken: 1 })],
    [await a.shift({ status: "CLOSED" as never })],
    [await a.shift({ status: "DRAFT" as never })],
    [await a.shift({ event: await a.event({ review: "IN_REVIEW" as never }) })],
    [await a.shift({ event: await a.event({ occurrence: "POSTPONED" as never }) })],
    [await a.shift({ event: hidden })],
    [await a.shift(), busy],
    [`shift_${"0".repeat(32)}`],
  ];
  for (const [shift, who] of shifts) {
    const person = who ?? (await a.peacekeeper());
    const { code, reason, message } = await as(person).claimShift(shift);
    expect(code).not.toBe("OK");
    expect(await as(person).claimShift(shift, randomUUID())).toMatchObject({ code, reason, message });
  }
});

test("a newcomer's waits for a coordinator, and one that comes after a line does not pass it", async () => {
  const shift = await a.shift({ capacity: 1 });
  const [holder, first, late] = [await a.peacekeeper(), await a.peacekeeper(), await a.peacekeeper()];
  await as(holder).claimShift(shift);
  await as(first).call("claimShift", { shiftId: shift, joinWaitlist: true }, "signup { id }");
  await server().services.db.query("UPDATE shifts SET capacity = 2 WHERE id = $1", [
    fromGlobalId("Shift", shift, "id"),
  ]);
  expect((await as(late).claimShift(shift)).reason).toBe("SHIFT_FULL");
  expect((await as(first).claimShift(shift)).data.claimShift.signup.status).toBe("CONFIRMED");
  expect((await as(await a.person()).claimShift(await a.shift())).data.claimShift.signup.status).toBe("REQUESTED");
});
