import type { Viewer } from "../../platform/context.js";
import type { Scope, Sql } from "../../platform/reading/shape.js";
import { EventRecord, ReviewStatus, Visibility } from "./event.values.js";

/** What the rights on an event depend on. */
export interface EventFacts {
  id: string;
  campaignId: string | null;
  createdBy: string | null;
  /** The organization that leads it; null when a person does. */
  leadId: string | null;
  /** The organizations that have agreed to host it, the lead among them. */
  hostIds: string[];
  /** The organizations that are asked to host it. */
  invitedIds: string[];
  review: ReviewStatus;
  visibility: Visibility;
  record: EventRecord;
}

const shares = (some: string[], others: string[]): boolean => some.some((one) => others.includes(one));

/** Staff of the event's campaign decide on it. */
export const isStaff = (viewer: Viewer, event: Pick<EventFacts, "campaignId">): boolean =>
  event.campaignId !== null && viewer.staffOf.includes(event.campaignId);

/** Whoever drafted it, for an organization as long as they belong to it. */
const isCreator = (viewer: Viewer, event: EventFacts): boolean =>
  event.createdBy === viewer.personId && (event.leadId === null || viewer.memberOf.includes(event.leadId));

/** Its creator, admins of the organization that leads it, and staff decide whether it takes place, and with whom. */
export const canLead = (viewer: Viewer, event: EventFacts): boolean =>
  isCreator(viewer, event) ||
  (event.leadId !== null && viewer.adminOf.includes(event.leadId)) ||
  isStaff(viewer, event);

/** Its leaders and admins of its co-hosts keep it right. */
export const canManage = (viewer: Viewer, event: EventFacts): boolean =>
  canLead(viewer, event) || shares(event.hostIds, viewer.adminOf);

/** Managers and the event's coordinators staff its shifts. */
export const canCoordinate = (viewer: Viewer, event: EventFacts): boolean =>
  canManage(viewer, event) || viewer.coordinates.includes(event.id);

/** Managers, coordinators and reporters of the event send counts. */
export const canReport = (viewer: Viewer, event: EventFacts): boolean =>
  canCoordinate(viewer, event) || viewer.reportsFor.includes(event.id);

/** Has to do with the event, and so sees it whatever its state, and its exact place. */
export const isConcerned = (viewer: Viewer | null, event: EventFacts): boolean =>
  viewer !== null &&
  (canReport(viewer, event) || shares(event.hostIds, viewer.memberOf) || shares(event.invitedIds, viewer.adminOf));

/** May open the event by its id. */
export const canSee = (viewer: Viewer | null, event: EventFacts): boolean =>
  event.record === EventRecord.LIVE &&
  ((event.review === ReviewStatus.APPROVED && event.visibility !== Visibility.PRIVATE) || isConcerned(viewer, event));

/** Everybody finds it, and it counts in totals. */
export const isPublicEvent = (event: Pick<EventFacts, "record" | "review" | "visibility">): boolean =>
  event.record === EventRecord.LIVE && event.review === ReviewStatus.APPROVED && event.visibility === Visibility.PUBLIC;

const mine = (scope: Scope, of: (viewer: Viewer) => unknown, type: string): Sql =>
  scope.bind((run) => of(run.ctx.viewer!), type);

const staffed = (row: string, scope: Scope): Sql =>
  `${row}.campaign_id = ANY (${mine(scope, (v) => v.staffOf, "uuid[]")})`;

const drafted = (row: string, scope: Scope): Sql =>
  `(${row}.created_by = ${mine(scope, (v) => v.personId, "uuid")}
    AND NOT EXISTS (SELECT 1 FROM event_hosts lead WHERE lead.event_id = ${row}.id AND lead.role = 'LEAD'
                    AND lead.organization_id <> ALL (${mine(scope, (v) => v.memberOf, "uuid[]")})))`;

/** SQL for {@link canManage}. */
export function managed(row: string, scope: Scope): Sql {
  if (!scope.signedIn) return "false";
  return `(${staffed(row, scope)} OR ${drafted(row, scope)}
    OR EXISTS (SELECT 1 FROM event_hosts mine WHERE mine.event_id = ${row}.id AND mine.status = 'ACCEPTED'
               AND mine.organization_id = ANY (${mine(scope, (v) => v.adminOf, "uuid[]")})))`;
}

/** SQL for {@link canCoordinate}. */
export const coordinated = (row: string, scope: Scope): Sql =>
  scope.signedIn
    ? `(${row}.id = ANY (${mine(scope, (v) => v.coordinates, "uuid[]")}) OR ${managed(row, scope)})`
    : "false";

/** SQL for {@link isConcerned}: the reader has to do with the event, and so sees it whatever its state, and its exact place. */
export function concerned(row: string, scope: Scope): Sql {
  if (!scope.signedIn) return "false";
  return `(${staffed(row, scope)}
    OR ${row}.id = ANY (${mine(scope, (v) => [...v.coordinates, ...v.reportsFor], "uuid[]")})
    OR EXISTS (SELECT 1 FROM event_hosts mine WHERE mine.event_id = ${row}.id AND (
        (mine.status = 'ACCEPTED' AND mine.organization_id = ANY (${mine(scope, (v) => v.memberOf, "uuid[]")}))
        OR (mine.status = 'INVITED' AND mine.organization_id = ANY (${mine(scope, (v) => v.adminOf, "uuid[]")}))))
    OR ${drafted(row, scope)})`;
}

/** SQL for {@link isPublicEvent}. */
export const isPublic = (row: string): Sql =>
  `(${row}.review = 'APPROVED' AND ${row}.visibility = 'PUBLIC' AND ${row}.record = 'LIVE')`;

/** SQL: the event is neither postponed nor called off. */
export const isOn = (row: string): Sql => `${row}.occurrence NOT IN ('POSTPONED', 'CANCELLED')`;

/** SQL: the event takes place, as far as is known. */
export const takesPlace = (row: string): Sql =>
  `(${row}.review = 'APPROVED' AND ${row}.record = 'LIVE' AND ${isOn(row)})`;

/** SQL: the reader finds the event in lists and streams. */
export const listed = (row: string, scope: Scope): Sql =>
  scope.signedIn ? `(${isPublic(row)} OR (${row}.record = 'LIVE' AND ${concerned(row, scope)}))` : isPublic(row);

/** SQL: the reader may open the event, if it were not deleted or merged. */
export function visibleOnce(row: string, scope: Scope): Sql {
  const open = `(${row}.review = 'APPROVED' AND ${row}.visibility <> 'PRIVATE')`;
  return scope.signedIn ? `(${open} OR ${concerned(row, scope)})` : open;
}

/** SQL for {@link canSee}: the reader may open the event by its id. */
export const visible = (row: string, scope: Scope): Sql => `(${row}.record = 'LIVE' AND ${visibleOnce(row, scope)})`;

/** SQL: the event that the row is of is one that the reader may open. */
export const ofVisibleEvent = (row: string, scope: Scope): Sql =>
  `EXISTS (SELECT 1 FROM events oe WHERE oe.id = ${row}.event_id AND ${visible("oe", scope)})`;
