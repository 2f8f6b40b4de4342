import { forgetPeople } from "../../src/app/forget-people.js";
import { forget, someAtATime } from "../../src/platform/database/forget.js";
import { openWorld } from "../support/world.js";

const { a, server, clock } = openWorld();

test("forgets a lot by several statements, and only what it should", async () => {
  const { pool } = server().services;
  await pool.query(
    `INSERT INTO sign_in_codes (email_hash, code_hash, tries, expires_at, requests, first_requested_at)
     SELECT convert_to(n::text, 'UTF8'), '', 0, $1::timestamptz + n * interval '1 second', 0, $1 FROM generate_series(1, 7) n`,
    [clock.now],
  );
  const statements = jest.spyOn(pool, "query");
  const past = { table: "sign_in_codes", where: "expires_at <= $1", values: [new Date(clock.now.getTime() + 5_000)] };
  await someAtATime(pool, "DELETE FROM sign_in_codes", { ...past, rows: 2 });
  expect(statements).toHaveBeenCalledTimes(3);
  statements.mockRestore();
  const left = async () => (await pool.query("SELECT 1 FROM sign_in_codes")).rowCount;
  expect(await left()).toBe(2);
  await forget(pool, "sign_in_codes", "expires_at <= $1", new Date(clock.now.getTime() + 6_000));
  expect(await left()).toBe(1);
});

test("forgets the addresses of people whom nothing is tied to any more, and nobody else", async () => {
  const { pool } = server().services;
  const [invited, stopped, signedIn] = [await a.person(), await a.person(), await a.person()];
  for (const { id } of [invited, stopped]) await pool.query("DELETE FROM sessions WHERE person_id = $1", [id]);
  await pool.query("INSERT INTO letter_stops (person_id, about) VALUES ($1, '')", [stopped.id]);
  const left = async () => {
    const ids = [invited.id, stopped.id, signedIn.id];
    return (await pool.query<{ id: string }>("SELECT id FROM people WHERE id = ANY ($1)", [ids])).rows.map(
      ({ id }) => id,
    );
  };
  await forgetPeople(pool, clock.now);
  expect(await left()).toHaveLength(3);
  await forgetPeople(pool, new Date(clock.now.getTime() + 1));
  expect((await left()).sort()).toEqual([stopped.id, signedIn.id].sort());
});
