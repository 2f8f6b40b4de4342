import { randomUUID } from "node:crypto";
import type DataLoader from "dataloader";
import type { Pool } from "pg";
import type { EntityManager } from "typeorm";
import type { ChangeLog } from "./changes/change.js";
import type { LiveDocuments } from "./changes/document.js";
import type { Secrets } from "./secrets.js";
import type { Config } from "./config.js";
import { Refusal } from "./errors.js";
import type { Jobs } from "./jobs/job.js";
import { networkOf } from "./limits/address.js";
import type { Rates } from "./limits/rates.js";
import type { Log } from "./log.js";
import type { Mailer } from "./mail.js";
import type { HeldReads } from "./reading/held.js";

/** What one process shares between all its requests. */
export interface Services {
  config: Config;
  log: Log;
  db: EntityManager;
  pool: Pool;
  secrets: Secrets;
  mailer: Mailer;
  changes: ChangeLog;
  /** Answers to those who are not signed in, as long as nothing is written. */
  reads: HeldReads;
  jobs: Jobs;
  rates: Rates;
  live: LiveDocuments;
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
  /** The caller's address (of IPv6 its /64), for rate limits only: never stored, never logged. */
  address: string;
  /** The log position that everything this request reads is at least as new as. */
  position: string;
  /** Charges whoever asks for work of which only now is known how much it was, in points. */
  owe: (points: number) => void;
  /** Batches of this request's reads, by what is read. */
  loaders: Map<unknown, DataLoader<string, unknown>>;
}

/** A context for one request or one message: own loaders, so nothing outlives it. */
export const newContext = (
  services: Services,
  { viewer, requestId, address }: Pick<Context, "viewer" | "requestId" | "address">,
): Context => ({
  ...services,
  viewer,
  requestId,
  address: networkOf(address),
  position: services.changes.position(),
  owe: () => undefined,
  loaders: new Map(),
});

/** For what happens by itself: nobody asks. */
export const systemContext = (services: Services): Context =>
  newContext(services, { viewer: null, requestId: randomUUID(), address: "" });

/** The context of a request that says nothing of who asks. */
export const visitorContext = (services: Services, { id, ip }: { id: string; ip: string }): Context =>
  newContext(services, { viewer: null, requestId: id, address: ip });

/** The signed-in viewer, or a refusal. */
export function signedIn(ctx: Pick<Context, "viewer">): Viewer {
  if (!ctx.viewer) throw new Refusal("UNAUTHENTICATED", "Sign in first: requestSignInCode, then signIn.");
  return ctx.viewer;
}

/** Refuses unless the policy allows it. */
export function allow(allowed: boolean, what: string): void {
  if (!allowed) throw new Refusal("FORBIDDEN", `You may not ${what}.`);
}
