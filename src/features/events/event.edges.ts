import { connection, extend, list, one, type Run, type Scope, shape, type Sql } from "../../platform/reading/shape.js";
import { manages, organizationShape } from "../organizations/index.js";
import { concerned, listed } from "./event.policy.js";
import { follows } from "./event.follow.js";
import { titleIn } from "./event.search.js";
import { byStart, eventShape } from "./event.shape.js";
import { FollowReason } from "./event.values.js";
import { shownHosts } from "./host.policy.js";

const hostShape = shape("EventHost", {
  organization: one({
    shape: () => organizationShape,
    from: (row, parent) => ({ table: `organizations ${row}`, where: [`${row}.id = ${parent}.organization_id`] }),
  }),
});

const onlyConcerned = (event: string, scope: Scope): Sql => (scope.signedIn ? concerned(event, scope) : "false");

/** Likely the same gathering: that day, near, and alike in title, host or who drafted it. */
const alike = (row: string, event: string): Sql[] => [
  `${row}.id <> ${event}.id AND ${row}.record = 'LIVE' AND ${row}.starts_on = ${event}.starts_on`,
  `${row}.span_starts_at BETWEEN ${event}.span_starts_at - interval '2 days' AND ${event}.span_starts_at + interval '2 days'`,
  `(${row}.city_id = ${event}.city_id OR (abs(${row}.public_latitude - ${event}.public_latitude) < 0.1
     AND abs(${row}.public_longitude - ${event}.public_longitude) < 0.15))`,
  `(similarity(${titleIn(row)}, ${titleIn(event)}) > 0.4 OR (${row}.created_by = ${event}.created_by AND ${row}.import_key IS NULL)
    OR EXISTS (SELECT 1 FROM event_hosts a JOIN event_hosts b USING (organization_id)
               WHERE a.event_id = ${row}.id AND b.event_id = ${event}.id))`,
];

const earlierTimesShape = shape("EarlierTimes");

extend(eventShape, {
  hosts: list({
    shape: () => hostShape,
    order: (row) => `${row}.role = 'LEAD' DESC, ${row}.organization_id`,
    from: (row, parent, scope) => ({
      table: `event_hosts ${row}`,
      where: shownHosts(row, parent, scope),
    }),
  }),
  earlierTimes: list({
    shape: () => earlierTimesShape,
    order: (row) => `${row}.replaced_at DESC, ${row}.id`,
    from: (row, parent) => ({ table: `event_earlier_times ${row}`, where: [`${row}.event_id = ${parent}.id`] }),
  }),
  series: connection({
    shape: () => eventShape,
    order: byStart,
    from: (row, parent, scope) => ({
      table: `events ${row}`,
      where: [`${row}.series_id = ${parent}.series_id`, listed(row, scope)],
    }),
  }),
  likelyDuplicates: list({
    shape: () => eventShape,
    order: (row) => `${row}.span_starts_at, ${row}.id`,
    from: (row, parent, scope) => ({
      table: `events ${row}`,
      where: [onlyConcerned(parent, scope), ...alike(row, parent), listed(row, scope)],
    }),
  }),
  viewerFollows: (row, scope) => (scope.signedIn ? follows(row, FollowReason.FOLLOW, scope) : "false"),
  reviewNote: (row, scope) => `CASE WHEN ${onlyConcerned(row, scope)} THEN ${row}.review_note END`,
});

extend(organizationShape, {
  events: connection({
    shape: () => eventShape,
    order: byStart,
    from: (row, parent, scope, args) => {
      const role = args.has("role") ? `AND host.role = ${args.bind("role", "text")}` : "";
      return {
        table: `events ${row}`,
        where: [
          `EXISTS (SELECT 1 FROM event_hosts host WHERE host.event_id = ${row}.id
             AND host.organization_id = ${parent}.id AND host.status = 'ACCEPTED' ${role})`,
          listed(row, scope),
        ],
      };
    },
  }),
  coHostInvitations: connection({
    shape: () => eventShape,
    order: byStart,
    from: (row, parent, scope) => ({
      table: `events ${row}`,
      where: [
        manages([`${parent}.id`], scope),
        `${row}.record = 'LIVE' AND EXISTS (SELECT 1 FROM event_hosts host WHERE host.event_id = ${row}.id
           AND host.organization_id = ${parent}.id AND host.status = 'INVITED')`,
      ],
    }),
  }),
});

const rolesOf = ({ ctx }: Run): string[] => [...(ctx.viewer?.coordinates ?? []), ...(ctx.viewer?.reportsFor ?? [])];

/** The events that the viewer drafted, hosts for an organization, or has a role at. */
export const viewerEvents = connection({
  shape: () => eventShape,
  order: byStart,
  from: (row, _parent, scope) => ({
    table: `events ${row}`,
    where: [
      `${row}.record = 'LIVE' AND ${concerned(row, scope)}`,
      `(${row}.created_by = ${scope.bind((run) => run.ctx.viewer?.personId, "uuid")}
        OR ${row}.id = ANY (${scope.bind(rolesOf, "uuid[]")})
        OR EXISTS (SELECT 1 FROM event_hosts h WHERE h.event_id = ${row}.id AND h.status = 'ACCEPTED'
                   AND h.organization_id = ANY (${scope.bind((run) => run.ctx.viewer?.adminOf, "uuid[]")})))`,
    ],
  }),
});
