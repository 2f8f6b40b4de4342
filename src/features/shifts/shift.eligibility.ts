import type { Sql } from "../../platform/reading/shape.js";
import { isOn } from "../events/index.js";
import { holdsAny, onceQualified, qualified } from "../qualifications/index.js";
import { ClaimObstacle, holds, overridable } from "./shift.values.js";

/** For whom, and when, it is asked what stands in the way of a claim; as SQL. */
interface Claimant {
  person: Sql;
  now: Sql;
}

/**
 * How many places, held or waited for, one person may have before them; of one whom nobody knows here yet. Newcomers also
 * ask for no more than so many, offers that they let lapse among them, until somebody says yes: else whoever has many
 * addresses could hold all places for ever.
 */
export const limits = { known: 20, newcomer: 2 };

/** Travel between two rallies is reckoned along the great circle of their public points, at so many km an hour. */
const travelKmh = 50;

/** Why else somebody is known at an event: SQL of higher features, for an event and a person. */
export const knownBecause: ((event: string, person: Sql) => Sql)[] = [];

/** SQL: a coordinator of the campaign (or of the event that has none) has confirmed them once, a host knows them, or a verified organization has cleared them. */
export const isKnown = (event: string, { person, now }: Claimant): Sql =>
  `(EXISTS (SELECT 1 FROM known_peacekeepers k WHERE k.person_id = ${person} AND k.scope_id IN (${event}.campaign_id, ${event}.id))
    OR EXISTS (SELECT 1 FROM memberships m JOIN event_hosts h USING (organization_id)
               WHERE m.person_id = ${person} AND h.event_id = ${event}.id AND h.status = 'ACCEPTED')
    OR ${holdsAny(person, now)}
    ${knownBecause.map((because) => `OR ${because(event, person)}`).join(" ")})`;

/** A latitude and a longitude, as SQL. */
type PointSql = [latitude: Sql, longitude: Sql];

/** The point that everybody may know of an event. */
export const publicPoint = (event: string): PointSql => [`${event}.public_latitude`, `${event}.public_longitude`];

/** Haversine distance of two points, in km (mean radius of the earth: 6,371 km). */
export const km = ([latA, lonA]: PointSql, [latB, lonB]: PointSql): Sql =>
  `2 * 6371 * asin(sqrt(LEAST(1, sin(radians(${latA} - ${latB}) / 2) ^ 2
     + cos(radians(${latA})) * cos(radians(${latB})) * sin(radians(${lonA} - ${lonB}) / 2) ^ 2)))`;

/** SQL: the other places that the person holds. */
const others = (shift: string, { person }: Claimant): Sql =>
  `shift_signups g WHERE g.person_id = ${person} AND g.shift_id <> ${shift}.id AND ${holds("g")}`;

const overlaps = (shift: string, claimant: Claimant): Sql =>
  `EXISTS (SELECT 1 FROM ${others(shift, claimant)}
     AND tstzrange(g.starts_at, g.ends_at) && tstzrange(${shift}.starts_at, ${shift}.ends_at))`;

/** The gap to a shift elsewhere is shorter than the way there. */
const tooFar = (shift: string, event: string, claimant: Claimant): Sql =>
  `EXISTS (SELECT 1 FROM ${others(shift, claimant)}
     AND g.starts_at < ${shift}.ends_at + interval '1 day' AND g.ends_at > ${shift}.starts_at - interval '1 day'
     AND NOT tstzrange(g.starts_at, g.ends_at) && tstzrange(${shift}.starts_at, ${shift}.ends_at)
     AND EXISTS (SELECT 1 FROM shifts os JOIN events oe ON oe.id = os.event_id WHERE os.id = g.shift_id AND oe.id <> ${event}.id
       AND ${km(publicPoint(event), publicPoint("oe"))} / ${travelKmh} * interval '1 hour'
         > GREATEST(${shift}.starts_at - g.ends_at, g.starts_at - ${shift}.ends_at)))`;

/** In some 24 hours, which begin with a shift or end with one, they would stand for more than 12. */
const needsRest = (shift: string, claimant: Claimant): Sql =>
  `EXISTS (WITH held AS (
     SELECT ${shift}.starts_at AS a, ${shift}.ends_at AS b UNION ALL SELECT g.starts_at, g.ends_at FROM ${others(shift, claimant)}
       AND g.starts_at < ${shift}.ends_at + interval '1 day' AND g.ends_at > ${shift}.starts_at - interval '1 day')
     SELECT 1 FROM (SELECT a AS w FROM held UNION SELECT b - interval '1 day' FROM held) windows, held
     WHERE a < w + interval '1 day' AND b > w
     GROUP BY w HAVING sum(LEAST(b, w + interval '1 day') - GREATEST(a, w)) > interval '12 hours')`;

const tooMany = (shift: string, event: string, claimant: Claimant): Sql => {
  const places = `(SELECT count(*) FROM shift_signups g WHERE g.person_id = ${claimant.person} AND g.shift_id <> ${shift}.id
     AND g.ends_at > ${claimant.now} AND (${holds("g")} OR g.status = 'WAITLISTED'))`;
  const requests = `(SELECT count(*) FROM shift_signups g JOIN shifts gs ON gs.id = g.shift_id
     JOIN signup_steps asked ON asked.signup_id = g.id AND (asked.status = 'REQUESTED' OR asked.status = 'LAPSED' AND EXISTS (
       SELECT 1 FROM signup_steps o WHERE o.signup_id = g.id AND o.version = asked.version - 1 AND o.status = 'OFFERED'))
     WHERE g.person_id = ${claimant.person} AND g.ends_at > ${claimant.now} AND gs.status <> 'CANCELLED')`;
  return `CASE WHEN ${isKnown(event, claimant)} THEN ${places} >= ${limits.known}
    ELSE GREATEST(${places}, ${requests}) >= ${limits.newcomer} END`;
};

/** They were never cleared for all that the shift requires, or are no longer; where it requires nothing, nothing is read. */
const notQualified = (shift: string, { person }: Claimant): Sql =>
  `${shift}.requires <> '{}' AND NOT ${onceQualified(person, `${shift}.requires`)}`;

/** They were, but not until it ends. */
const expired = (shift: string, { person }: Claimant): Sql =>
  `${shift}.requires <> '{}' AND ${onceQualified(person, `${shift}.requires`)}
   AND NOT ${qualified(person, `${shift}.requires`, `${shift}.ends_at`)}`;

/** What keeps everybody from a claim, whoever asks. */
const ofShift = (shift: string, event: string, now: Sql): [ClaimObstacle, Sql][] => [
  [ClaimObstacle.EVENT_NOT_APPROVED, `${event}.review <> 'APPROVED' OR ${event}.record <> 'LIVE'`],
  [ClaimObstacle.EVENT_NOT_SCHEDULED, `NOT ${isOn(event)}`],
  [ClaimObstacle.SHIFT_CANCELLED, `${shift}.status = 'CANCELLED'`],
  [ClaimObstacle.NOT_OPEN_YET, `${shift}.status = 'DRAFT' OR ${shift}.opens_at > ${now}`],
  // An offer is a promise: it can be taken though the shift was closed since.
  [
    ClaimObstacle.SHIFT_CLOSED,
    `(${shift}.status = 'CLOSED' OR ${shift}.closes_at <= ${now}) AND mine.status IS DISTINCT FROM 'OFFERED'`,
  ],
  [ClaimObstacle.SHIFT_STARTED, `${shift}.starts_at <= ${now} AND ${shift}.ends_at > ${now}`],
  [ClaimObstacle.SHIFT_ENDED, `${shift}.ends_at <= ${now}`],
];

const ofPerson = (shift: string, event: string, claimant: Claimant): [ClaimObstacle, Sql][] => [
  [ClaimObstacle.ALREADY_SIGNED_UP, `${holds("mine")} AND mine.status <> 'OFFERED'`],
  [ClaimObstacle.OVERLAPS, overlaps(shift, claimant)],
  [ClaimObstacle.TOO_FAR_TO_REACH, tooFar(shift, event, claimant)],
  [ClaimObstacle.NEEDS_REST, needsRest(shift, claimant)],
  [ClaimObstacle.NOT_QUALIFIED, notQualified(shift, claimant)],
  [ClaimObstacle.QUALIFICATION_EXPIRED, expired(shift, claimant)],
  [ClaimObstacle.LIMIT_REACHED, tooMany(shift, event, claimant)],
];

/** Newcomers hold at most half of a shift's places until a coordinator has said yes: nobody can block it by asking. */
const fullOfNewcomers = (shift: string, event: string, claimant: Claimant): [ClaimObstacle, Sql] => [
  ClaimObstacle.NEWCOMERS_FULL,
  `2 * (${shift}.taken - ${shift}.confirmed) >= ${shift}.capacity AND COALESCE(NOT ${holds("mine")}, true)
   AND NOT ${isKnown(event, claimant)}`,
];

/** Whoever has an offer holds a place: the shift is not full for them. */
const isFull = (shift: string): [ClaimObstacle, Sql] => [
  ClaimObstacle.SHIFT_FULL,
  `${shift}.taken >= ${shift}.capacity AND COALESCE(NOT ${holds("mine")}, true)`,
];

/** What a coordinator has set aside for the sign-up does not stand in its way. */
const stands = ([name, sql]: [ClaimObstacle, Sql]): Sql =>
  overridable.includes(name) ? `(${sql}) AND ('${name}' = ANY (mine.overridden)) IS NOT TRUE` : sql;

/**
 * SQL for every reason why a person cannot claim a place on a shift of an event, as text[]: what a client reads before
 * it tries, and what a claim is refused for.
 */
export function obstacles(shift: string, event: string, { person, now }: { person: Sql | null; now: Sql }): Sql {
  const all = [
    ...ofShift(shift, event, now),
    ...(person ? ofPerson(shift, event, { person, now }) : []),
    isFull(shift),
    ...(person ? [fullOfNewcomers(shift, event, { person, now })] : []),
  ];
  const cases = all.map((one) => `CASE WHEN ${stands(one)} THEN '${one[0]}' END`);
  return `(SELECT array_remove(ARRAY[${cases.join(", ")}], NULL) FROM (SELECT) one
    LEFT JOIN shift_signups mine ON mine.shift_id = ${shift}.id AND mine.person_id = ${person ?? "NULL"})`;
}
