import type { Viewer } from "../../platform/context.js";
import type { Scope, Sql } from "../../platform/reading/shape.js";
import { canManage, type EventFacts, managed } from "../events/index.js";
import { type Coverage, CoverageStatus } from "./coverage.js";

type CoverageFacts = Pick<Coverage, "status" | "suggestedBy" | "removedAt">;

/** Those who manage the event, and whoever added the link. */
export const canRemove = (viewer: Viewer, event: EventFacts, coverage: CoverageFacts): boolean =>
  canManage(viewer, event) || coverage.suggestedBy === viewer.personId;

/** Knows of a link at an event that they see: it is accepted, or theirs to remove. */
export const knowsOf = (viewer: Viewer, event: EventFacts, coverage: CoverageFacts): boolean =>
  (coverage.status === CoverageStatus.ACCEPTED && coverage.removedAt === null) || canRemove(viewer, event, coverage);

/** SQL: the reader, who sees the event, sees the link. */
export function shown(row: string, event: string, scope: Scope): Sql {
  const accepted = `${row}.status = 'ACCEPTED'`;
  if (!scope.signedIn) return `(${row}.removed_at IS NULL AND ${accepted})`;
  const me = scope.bind((run) => run.ctx.viewer!.personId, "uuid");
  return `(${row}.removed_at IS NULL AND (${accepted} OR ${row}.suggested_by = ${me} OR ${managed(event, scope)}))`;
}
