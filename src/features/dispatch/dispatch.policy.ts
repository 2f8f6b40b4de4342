import type { Scope, Sql } from "../../platform/reading/shape.js";
import { ofCoordinatedEvent } from "../shifts/index.js";
import { manages, organizationVisible } from "../organizations/index.js";

/**
 * SQL: somebody vouches for the organization of a promise: the site's staff have verified it, or it hosts the event. Anybody
 * can register an organization and promise a thousand, or name hundreds of accounts of their own.
 */
export const vouched = (dispatch: string): Sql =>
  `(EXISTS (SELECT 1 FROM organizations vo WHERE vo.id = ${dispatch}.organization_id AND vo.verified AND vo.status = 'LISTED')
    OR EXISTS (SELECT 1 FROM event_hosts vh WHERE vh.event_id = ${dispatch}.event_id
               AND vh.organization_id = ${dispatch}.organization_id AND vh.status = 'ACCEPTED'))`;

/** SQL: the reader coordinates the event, and may know of the organization. */
const received = (row: string, scope: Scope): Sql =>
  `(${ofCoordinatedEvent(row, scope)} AND EXISTS (
     SELECT 1 FROM organizations ro WHERE ro.id = ${row}.organization_id AND ${organizationVisible("ro", scope)}))`;

/** SQL: admins of the organization and the event's coordinators see the promise. */
export const visible = (row: string, scope: Scope): Sql =>
  scope.signedIn ? `(${manages([`${row}.organization_id`], scope)} OR ${received(row, scope)})` : "false";
