import { randomUUID } from "node:crypto";
import { fromGlobalId } from "../../src/platform/database/ids.js";
import { jobsDone } from "./jobs.js";
import { mailsTo } from "./outbox.js";
import type { Caller, openWorld, Person } from "./world.js";

export const hour = 3_600_000;

export interface Counts {
  going: number;
  waiting: number;
  limit: number | null;
}

/** What tests of RSVPs do again and again; the clock stands as at first after each. */
export function rsvpsIn({ a, as, clock, server, folder }: ReturnType<typeof openWorld>) {
  const start = clock.now;
  afterEach(() => {
    clock.now = start;
  });

  const done = (): Promise<void> => jobsDone(server().services);
  const newAddress = (): string => `guest-${randomUUID()}@rallygraph.example`;
  const pass = (ms: number): void => void (clock.now = new Date(clock.now.getTime() + ms));

  /** An event with its manager. */
  async function managed(fields: object = {}) {
    const manager = await a.person();
    const event = await a.event({ createdByPerson: manager, ...fields });
    return { event, manager: as(manager), row: fromGlobalId("Event", event.id, "id") };
  }

  const counts = async (manager: Caller, event: { id: string }): Promise<Counts> =>
    (await manager.run("query($id: ID!) { event(id: $id) { rsvps { going waiting limit } } }", { id: event.id })).data
      .event.rsvps;

  /** Everything that the tables say of an event, against its counter. */
  async function consistent(row: string): Promise<void> {
    const [counter] = await server().services.db.query(`SELECT going, waiting FROM rsvp_counters WHERE event_id = $1`, [
      row,
    ]);
    const [summed] = await server().services.db.query(
      `SELECT COALESCE(sum(1 + guests) FILTER (WHERE status = 'GOING'), 0)::int AS going,
         COALESCE(sum(1 + guests) FILTER (WHERE status = 'WAITLISTED'), 0)::int AS waiting FROM rsvps WHERE event_id = $1`,
      [row],
    );
    expect(counter).toEqual(summed);
    const follows = await server().services.db.query(
      `SELECT person_id, because FROM event_follows WHERE event_id = $1 AND because IN ('RSVP', 'WAITLIST') ORDER BY person_id`,
      [row],
    );
    const held = await server().services.db.query(
      `SELECT person_id, CASE status WHEN 'GOING' THEN 'RSVP' ELSE 'WAITLIST' END AS because FROM rsvps
       WHERE event_id = $1 AND status IN ('GOING', 'WAITLISTED') ORDER BY person_id`,
      [row],
    );
    expect(follows).toEqual(held);
  }

  const mailsOf = async (email: string): Promise<string[]> => {
    await done();
    return (await mailsTo(folder(), email)).map((mail) => mail.replaceAll("=\r\n", ""));
  };
  const tokenIn = (mail: string | undefined): string => /\/rsvp\/([\w.-]+)/.exec(mail ?? "")![1]!;

  /** Asks without an account, and gives the token of the mail. */
  async function asked(event: { id: string }, fields: object = {}, email = newAddress()) {
    expect((await as().rsvp({ eventId: event.id, email, ...fields })).code).toBe("OK");
    return { email, token: tokenIn((await mailsOf(email)).at(-1)) };
  }

  /** A person with this address who signs in. */
  async function signedInAs(email: string): Promise<Person> {
    const someone = await a.person();
    await server().services.db.query(
      `UPDATE sessions SET person_id = p.id FROM people p WHERE sessions.person_id = $1 AND p.email_hash = $2`,
      [someone.id, server().services.secrets.fingerprint("email", email)],
    );
    return { ...someone, email };
  }

  return { start, done, newAddress, pass, managed, counts, consistent, mailsOf, tokenIn, asked, signedInAs };
}
