import type { Viewer } from "../../platform/context.js";
import type { Scope, Sql } from "../../platform/reading/shape.js";
import { ReviewStatus, Visibility } from "./event.values.js";

/** What the rights on an event depend on. */
export interface EventFacts {
  id: string;
  campaignId: string | null;
  createdBy: string | null;
  /** The organizations that host it. */
  hostIds: string[];
  review: ReviewStatus;
  visibility: Visibility;
}

const shares = (some: string[], others: string[]): boolean => some.some((one) => others.includes(one));

/** Staff of the event's campaign decide on it. */
export const isStaff = (viewer: Viewer, event: EventFacts): boolean =>
  event.campaignId !== null && viewer.staffOf.includes(event.campaignId);

/** Whoever drafted it, admins of its hosts, and staff keep it right. */
export const canManage = (viewer: Viewer, event: EventFacts): boolean =>
  event.createdBy === viewer.personId || shares(event.hostIds, viewer.adminOf) || isStaff(viewer, event);

/** Managers and the event's coordinators staff its shifts. */
export const canCoordinate = (viewer: Viewer, event: EventFacts): boolean =>
  canManage(viewer, event) || viewer.coordinates.includes(event.id);

/** Managers, coordinators and reporters of the event send counts. */
export const canReport = (viewer: Viewer, event: EventFacts): boolean =>
  canCoordinate(viewer, event) || viewer.reportsFor.includes(event.id);

/** Has to do with the event, and so sees it whatever its state, and its exact place. */
export const isConcerned = (viewer: Viewer | null, event: EventFacts): boolean =>
  viewer !== null && (canReport(viewer, event) || shares(event.hostIds, viewer.memberOf));

/** May open the event by its id. */
export const canSee = (viewer: Viewer | null, event: EventFacts): boolean =>
  (event.review === ReviewStatus.APPROVED && event.visibility !== Visibility.PRIVATE) || isConcerned(viewer, event);

/** SQL for {@link isConcerned}: the reader has to do with the event, and so sees it whatever its state, and its exact place. */
export function concerned(row: string, scope: Scope): Sql {
  if (!scope.signedIn) return "false";
  const mine = (of: (viewer: Viewer) => unknown, type: string): Sql => scope.bind((run) => of(run.ctx.viewer!), type);
  return `(${row}.created_by = ${mine((v) => v.personId, "uuid")}
    OR ${row}.campaign_id = ANY (${mine((v) => v.staffOf, "uuid[]")})
    OR ${row}.id = ANY (${mine((v) => [...v.coordinates, ...v.reportsFor], "uuid[]")})
    OR EXISTS (SELECT 1 FROM event_hosts mine WHERE mine.event_id = ${row}.id
               AND mine.organization_id = ANY (${mine((v) => v.memberOf, "uuid[]")})))`;
}

/** SQL: the event is public, and counts in totals. */
export const isPublic = (row: string): Sql => `(${row}.review = 'APPROVED' AND ${row}.visibility = 'PUBLIC')`;

/** SQL: the reader finds the event in lists and streams. */
export const listed = (row: string, scope: Scope): Sql =>
  scope.signedIn ? `(${isPublic(row)} OR ${concerned(row, scope)})` : isPublic(row);

/** SQL for {@link canSee}: the reader may open the event by its id. */
export function visible(row: string, scope: Scope): Sql {
  const open = `(${row}.review = 'APPROVED' AND ${row}.visibility <> 'PRIVATE')`;
  return scope.signedIn ? `(${open} OR ${concerned(row, scope)})` : open;
}
