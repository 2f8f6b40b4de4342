import { audit } from "../../platform/audit/audit.js";
import { allow, type Context, signedIn } from "../../platform/context.js";
import { fromGlobalId } from "../../platform/database/ids.js";
import { transact, type Transaction } from "../../platform/database/transact.js";
import { badInput, ErrorReason } from "../../platform/errors.js";
import type { PageInfo } from "../../platform/graphql/connection.js";
import { pageLimits } from "../../platform/limits/cost.js";
import { databaseFacts } from "../../platform/log.js";
import { cursorSql, filterHash, readCursor } from "../../platform/reading/cursor.js";
import { canManage, lockEvent } from "../events/index.js";
import type { EventRsvpsArgs } from "./rsvp.inputs.js";
import type { EventRsvp } from "./rsvp.js";

/** A page of RSVPs as those who manage the event see them. */
export interface EventRsvpPage {
  edges: { cursor: string; node: EventRsvp }[];
  nodes: EventRsvp[];
  pageInfo: PageInfo;
}

/** Who comes and who waits, in the order of arrival. That somebody has looked is kept: there may be names. */
export function eventRsvps(ctx: Context, { eventId, first, after }: EventRsvpsArgs): Promise<EventRsvpPage> {
  const viewer = signedIn(ctx);
  return transact(ctx, "eventRsvps", async (tx) => {
    const event = await lockEvent(tx, fromGlobalId("Event", eventId, "eventId"), "pessimistic_read");
    allow(canManage(viewer, event), "see the RSVPs of this event: those who manage it may");
    await audit(tx, { type: "Event", id: event.id, scopes: [event.id, event.campaignId] });
    return pageOf(tx, event.id, first ?? pageLimits.usual, after ?? null);
  });
}

interface Row extends Omit<EventRsvp, "name"> {
  nameSealed: Buffer | null;
  cursor: string;
}

async function pageOf(tx: Transaction, eventId: string, first: number, after: string | null): Promise<EventRsvpPage> {
  const rows = await rowsOf(tx, eventId, first + 1, after);
  const edges = rows.slice(0, first).map(({ cursor, nameSealed, ...rest }) => ({
    cursor,
    node: { ...rest, name: nameSealed && tx.secrets.open(nameSealed) },
  }));
  const pageInfo = {
    hasNextPage: rows.length > first,
    hasPreviousPage: after !== null,
    startCursor: edges[0]?.cursor ?? null,
    endCursor: edges.at(-1)?.cursor ?? null,
  };
  return { edges, nodes: edges.map(({ node }) => node), pageInfo };
}

async function rowsOf(tx: Transaction, eventId: string, count: number, after: string | null): Promise<Row[]> {
  const hash = filterHash(["rsvps", eventId]);
  const [since, id] = after === null ? ["-infinity", null] : readCursor(after, hash, 2, "after");
  try {
    return await tx.db.query(
      `SELECT guests, status, since, CASE WHEN show_name THEN name_sealed END AS "nameSealed",
         ${cursorSql("$2::text", ["r.since", "r.id"])} AS cursor
       FROM rsvps r WHERE event_id = $1 AND status IN ('GOING', 'WAITLISTED')
         AND (r.since, r.id) > ($3::timestamptz, COALESCE($4::uuid, '00000000-0000-0000-0000-000000000000'))
       ORDER BY r.since, r.id LIMIT $5`,
      [eventId, hash, since, id, count],
    );
  } catch (error) {
    // What a cursor holds is ours unless somebody made it up: 22007, 22008 and 22P02 say that it cannot be read.
    if (!databaseFacts(error).code?.startsWith("22")) throw error;
    throw badInput("after", "is not a cursor of this API; send a cursor unchanged", ErrorReason.CURSOR_INVALID);
  }
}
