import type { Viewer } from "../../platform/context.js";
import type { Scope, Sql } from "../../platform/reading/shape.js";
import {
  canCoordinate,
  canManage,
  canReport,
  coordinated,
  type EventFacts,
  isPublicEvent,
  isStaff,
  visible,
} from "../events/index.js";
import { ReportingPolicy } from "./policy.values.js";
import { TurnoutSource } from "./turnout.values.js";

/** What it depends on, beside the event, in whose name somebody reports. */
export interface Stands {
  /** Has a place at a shift of the event that can be counted on. */
  isPeacekeeper: boolean;
  reporting: ReportingPolicy;
}

/** In whose name this person reports of the event; null when they may not. */
export function sourceOf(viewer: Viewer, event: EventFacts, stands: Stands): TurnoutSource | null {
  if (isStaff(viewer, event)) return TurnoutSource.STAFF;
  if (canManage(viewer, event)) return TurnoutSource.HOST;
  if (canReport(viewer, event) || stands.isPeacekeeper) return TurnoutSource.PEACEKEEPER;
  return stands.reporting === ReportingPolicy.OPEN && isPublicEvent(event) ? TurnoutSource.PUBLIC : null;
}

/** Staff of the campaign and those who coordinate the event look at what is flagged. */
export const canReview = canCoordinate;

/** SQL for {@link canReview}. */
export const reviewed = (row: string, scope: Scope): Sql => coordinated(row, scope);

/** SQL: the reader may see the event of a report, and is one of those that a condition on it names. */
export const ofEventOf = (row: string, scope: Scope, who: (event: string, scope: Scope) => Sql): Sql =>
  `EXISTS (SELECT 1 FROM events re WHERE re.id = ${row}.event_id AND ${visible("re", scope)} AND ${who("re", scope)})`;

/** SQL: the reader made the report: they read it for ever, whatever becomes of the event and of their role there. */
export function reportedByViewer(row: string, scope: Scope): Sql {
  if (!scope.signedIn) return "false";
  const me = scope.bind((run) => run.ctx.viewer!.personId, "uuid");
  return `EXISTS (SELECT 1 FROM turnout_reporters mine WHERE mine.id = ${row}.reporter_id AND mine.person_id = ${me})`;
}

/** SQL: nothing of its reporter counts, so nobody need look at it; who is in quarantine has no sign of it. */
export const silenced = (row: string, scope: Scope): Sql =>
  `(EXISTS (SELECT 1 FROM turnout_reporters q WHERE q.id = ${row}.reporter_id AND q.quarantined_at IS NOT NULL)
    AND NOT ${reportedByViewer(row, scope)})`;
