import { audit } from "../../platform/audit/audit.js";
import { allow, type Context, signedIn } from "../../platform/context.js";
import { csv } from "../../platform/csv.js";
import { fromGlobalId } from "../../platform/database/ids.js";
import { transact, type Transaction } from "../../platform/database/transact.js";
import { onClock } from "../../platform/time.js";
import { canCoordinate, type Event, lockEvent } from "../events/index.js";
import { cameAt, wentAt } from "./hours.sql.js";

/** One line of a roster; the name is still sealed. */
interface RosterRow {
  role: string;
  startsAt: Date;
  endsAt: Date;
  status: string;
  nameSealed: Buffer | null;
  checkedInAt: Date | null;
  leftAt: Date | null;
}

const columns = ["role", "starts", "ends", "time zone", "status", "name", "checked in", "left"];

/** Who stands where, as CSV. That somebody has looked is kept: there are names. */
export function eventRoster(ctx: Context, eventId: string): Promise<string> {
  const viewer = signedIn(ctx);
  return transact(ctx, "eventRoster", async (tx) => {
    const event = await lockEvent(tx, fromGlobalId("Event", eventId, "eventId"), "pessimistic_read");
    allow(canCoordinate(viewer, event), "see the roster of this event: its coordinators, hosts and staff may");
    await audit(tx, { type: "Event", id: event.id, scopes: [event.id, event.campaignId], fields: ["roster"] });
    const lines = (await rowsOf(tx, event.id)).map((row) => lineOf(tx, event, row));
    return csv([columns, ...lines]);
  });
}

const rowsOf = ({ db }: Transaction, eventId: string): Promise<RosterRow[]> =>
  db.query(
    `SELECT s.role, s.starts_at AS "startsAt", s.ends_at AS "endsAt", g.status, p.name_sealed AS "nameSealed",
       CASE WHEN g.status IN ('CHECKED_IN', 'COMPLETED', 'LEFT_EARLY') THEN ${cameAt("g")} END AS "checkedInAt",
       CASE WHEN g.status = 'LEFT_EARLY' THEN ${wentAt("g")} END AS "leftAt"
     FROM shift_signups g JOIN shifts s ON s.id = g.shift_id LEFT JOIN peacekeepers p ON p.person_id = g.person_id
     WHERE s.event_id = $1 AND g.status NOT IN ('RELEASED', 'LAPSED')
     ORDER BY s.starts_at, s.role, s.id, g.status = 'WAITLISTED', g.line, g.claimed_at, g.id`,
    [eventId],
  );

function lineOf({ secrets }: Context, { timeZone }: Event, row: RosterRow): (string | null)[] {
  const time = (instant: Date | null): string | null => instant && timeInWords(instant, timeZone);
  return [
    row.role,
    time(row.startsAt),
    time(row.endsAt),
    timeZone,
    row.status,
    row.nameSealed && secrets.open(row.nameSealed),
    time(row.checkedInAt),
    time(row.leftAt),
  ];
}

/** As table programs read it; the second of an hour that occurs twice has its offset. */
function timeInWords(instant: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" });
  const offset = onClock([instant], timeZone) ? "" : ` ${offsetOf(instant, timeZone)}`;
  return parts.format(instant) + offset;
}

const offsetOf = (instant: Date, timeZone: string): string =>
  new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" })
    .formatToParts(instant)
    .find(({ type }) => type === "timeZoneName")!.value;
