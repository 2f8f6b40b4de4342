import { room } from "../../platform/changes/change.js";
import type { LiveSource } from "../../platform/changes/reader.js";
import { allow, signedIn, type Viewer } from "../../platform/context.js";
import { ChangeKind } from "../../platform/graphql/live.js";
import { Ref } from "../../platform/reading/read.js";
import { sees } from "../../platform/reading/sees.js";
import type { Scope, Sql } from "../../platform/reading/shape.js";
import { reportTopic, Silence } from "./report.changes.js";
import { ofEventOf, reportedByViewer, reviewed, silenced } from "./report.policy.js";
import { reportShape } from "./turnout.shape.js";

interface Followed {
  type: "Campaign" | "Event";
  id: string;
}

const reviewable = (row: string, scope: Scope): Sql => ofEventOf(row, scope, reviewed);
const worthALook = (row: string, scope: Scope): Sql => `(${reviewable(row, scope)} AND NOT ${silenced(row, scope)})`;
const ofOthers = (row: string, scope: Scope): Sql =>
  `(${reviewable(row, scope)} AND NOT ${reportedByViewer(row, scope)})`;

/**
 * How a change is told, and of which reports. What somebody in quarantine goes on to send is nobody's work, and what of
 * theirs waits leaves the queue, of which they have no sign; what becomes of a report that was told is told.
 */
const tellings: Record<string, { kind: ChangeKind; of: typeof reviewable }> = {
  [ChangeKind.CREATED]: { kind: ChangeKind.CREATED, of: worthALook },
  [ChangeKind.UPDATED]: { kind: ChangeKind.UPDATED, of: reviewable },
  [Silence.BEGUN]: { kind: ChangeKind.REMOVED, of: ofOthers },
  [Silence.LIFTED]: { kind: ChangeKind.CREATED, of: ofOthers },
};

/** In a storm a reviewer would wait for three statements of each report. */
const atOnce = 100;

/** The reports of a campaign to its staff, those of an event to those who coordinate it when the message is made. */
export function reportsReceived(viewer: Viewer | null, { type, id }: Followed, after?: string): LiveSource {
  const isStaff = (one: Viewer | null): boolean => type !== "Campaign" || Boolean(one?.staffOf.includes(id));
  allow(isStaff(signedIn({ viewer })), "watch these reports: only staff of the campaign may");
  return {
    rooms: [room(reportTopic, id)],
    after,
    message: async (ctx, { position, kind: logged, subjectId }) => {
      const { kind, of } = tellings[logged]!;
      const shown = isStaff(ctx.viewer) && (await sees(ctx, "turnout_reports", subjectId, of));
      return shown ? { position, kind, report: new Ref(reportShape, subjectId) } : null;
    },
    atOnce,
    resync: (position) => ({ position, kind: ChangeKind.RESYNC, report: null }),
  };
}
