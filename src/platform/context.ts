import { randomUUID } from "node:crypto";
import type DataLoader from "dataloader";
import type { Pool } from "pg";
import type { EntityManager } from "typeorm";
import type { ChangeLog } from "./changes/change.js";
import type { Secrets } from "./secrets.js";
import type { Config } from "./config.js";
import { Refusal } from "./errors.js";
import type { Jobs } from "./jobs/job.js";
import type { Log } from "./log.js";
import type { Mailer } from "./mail.js";

/** What one process shares between all its requests. */
export interface Services {
  config: Config;
  log: Log;
  db: EntityManager;
  pool: Pool;
  secrets: Secrets;
  mailer: Mailer;
  changes: ChangeLog;
  jobs: Jobs;
  /** Who a session belongs to, with their rights as they are now. */
  viewerOf: (sessionId: string) => Promise<Viewer | null>;
  /** A person with their rights as they are now, without a session; null when there is no such person. */
  viewerOfPerson: (personId: string) => Promise<Viewer | null>;
  now: () => Date;
}

/** The rights of a person, as they are at the start of a request or of a message. */
export interface Viewer {
  personId: string;
  /** Empty for one who reads without a session, as the recipient of a letter that is being composed. */
  sessionId: string;
  /** When the session ends by itself. */
  expiresAt: Date;
  /** Staff of the whole site: verifies organizations, makes campaigns. */
  siteStaff: boolean;
  /** Campaigns whose staff the person is. */
  staffOf: string[];
  /** Organizations that the person owns. */
  ownerOf: string[];
  /** Organizations that the person owns or is an admin of. */
  adminOf: string[];
  /** Organizations that the person is an owner, an admin or a member of. */
  memberOf: string[];
  /** Events that the person coordinates. */
  coordinates: string[];
  /** Events that the person reports for. */
  reportsFor: string[];
}

/** Who asks, through which database handle, what time it is: the first argument of everything. */
export interface Context extends Services {
  viewer: Viewer | null;
  requestId: string;
  /** The caller's address, for rate limits only: never stored, never logged. */
  address: string;
  /** The log position that everything this request reads is at least as new as. */
  position: string;
  /** Batches of this request's reads, by what is read. */
  loaders: Map<unknown, DataLoader<string, unknown>>;
}

/** A context for one request or one message: own loaders, so nothing outlives it. */
export const newContext = (services: Services, asked: Pick<Context, "viewer" | "requestId" | "address">): Context => ({
  ...services,
  ...asked,
  position: services.changes.position(),
  loaders: new Map(),
});

/** For what happens by itself: nobody asks. */
export const systemContext = (services: Services): Context =>
  newContext(services, { viewer: null, requestId: randomUUID(), address: "" });

/** The signed-in viewer, or a refusal. */
export function signedIn(ctx: Pick<Context, "viewer">): Viewer {
  if (!ctx.viewer) throw new Refusal("UNAUTHENTICATED", "Sign in first: requestSignInCode, then signIn.");
  return ctx.viewer;
}

/** Refuses unless the policy allows it. */
export function allow(allowed: boolean, what: string): void {
  if (!allowed) throw new Refusal("FORBIDDEN", `You may not ${what}.`);
}
