import { Client, DatabaseError } from "pg";
import { USER } from "./cluster.js";

/** A connection that says "I am using this server" for as long as this process lives. */
export type Session = Client & { ref(): void; unref(): void };

// Any number, as long as every process takes the same; the lock lives in the database `postgres` alone.
const IN_USE = 7_254_601;

/**
 * Connects and marks the server as used. Undefined while its last user is stopping it. The mark is an advisory lock
 * rather than a file: the server drops it when we die, however we die.
 */
export async function hold(port: number, password: string): Promise<Session | undefined> {
  const session = await connect(port, password);
  const held = await ask(session, "SELECT pg_try_advisory_lock_shared($1) AS yes", [IN_USE]);
  if (held) {
    session.unref();
    return session;
  }
  await session.end();
  return undefined;
}

/** Takes our mark away; true when nobody else uses the server, who then can't begin to until it has stopped. */
export async function isLastUser(session: Session): Promise<boolean> {
  session.ref();
  await ask(session, "SELECT pg_advisory_unlock_shared($1) AS yes", [IN_USE]);
  return ask(session, "SELECT pg_try_advisory_lock($1) AS yes", [IN_USE]);
}

/** Creates the database unless it is there. */
export async function ensureDatabase(session: Session, name: string): Promise<void> {
  session.ref();
  try {
    if (await ask(session, "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1) AS yes", [name])) return;
    await session.query(`CREATE DATABASE ${session.escapeIdentifier(name)}`);
  } catch (error) {
    // Another starter was quicker: duplicate_database, or unique_violation when both were at it.
    if (!["42P04", "23505"].includes(codeOf(error) ?? "")) throw error;
  } finally {
    session.unref();
  }
}

/** Whether waiting may help: a wrong password stays wrong. */
export function isPassing(error: unknown): boolean {
  return !["28P01", "28000", "3D000"].includes(codeOf(error) ?? "");
}

async function connect(port: number, password: string): Promise<Session> {
  const session = new Client({
    host: "127.0.0.1",
    port,
    user: USER,
    password,
    database: "postgres",
    ssl: false,
    application_name: "rallygraph embedded",
    connectionTimeoutMillis: 5000,
  });
  // Without a listener the end of the server would end this process; queries still tell their callers.
  session.on("error", () => undefined);
  await session.connect();
  // @types/pg doesn't know ref and unref.
  return session as Session;
}

async function ask(session: Session, sql: string, values: unknown[]): Promise<boolean> {
  const { rows } = await session.query<{ yes: boolean }>(sql, values);
  return rows[0]?.yes === true;
}

function codeOf(error: unknown): string | undefined {
  return error instanceof DatabaseError ? error.code : undefined;
}
