import type { Scope, Sql } from "../../platform/reading/shape.js";
import { organizationVisible } from "../organizations/index.js";
import { concerned } from "./event.policy.js";

/** Names of organizations show once they have agreed; those concerned see who is asked. */
const hostShows = (row: string, event: string, scope: Scope): Sql =>
  scope.signedIn
    ? `(${row}.status = 'ACCEPTED' OR (${row}.status = 'INVITED' AND ${concerned(event, scope)}))`
    : `${row}.status = 'ACCEPTED'`;

/** SQL: of the hosts of an event, those that the reader may know. */
export const shownHosts = (row: string, event: string, scope: Scope): Sql[] => [
  `${row}.event_id = ${event}.id`,
  hostShows(row, event, scope),
  `EXISTS (SELECT 1 FROM organizations ho WHERE ho.id = ${row}.organization_id AND ${organizationVisible("ho", scope)})`,
];
