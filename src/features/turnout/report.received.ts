import { room } from "../../platform/changes/change.js";
import type { LiveSource } from "../../platform/changes/reader.js";
import { allow, signedIn, type Viewer } from "../../platform/context.js";
import { ChangeKind } from "../../platform/graphql/live.js";
import { messageOf, type Told } from "../../platform/reading/message.js";
import { seen } from "../../platform/reading/read.js";
import { type Scope, shape, type Sql, thingOf } from "../../platform/reading/shape.js";
import { reportTopic } from "./report.changes.js";
import { ofEventOf, reviewed, silenced } from "./report.policy.js";
import { reportShape } from "./turnout.shape.js";

/** A message of a report, before anything is read. */
export interface ReportTold extends Told {
  reportId: string | null;
}

interface Followed {
  type: "Campaign" | "Event";
  id: string;
}

const reviewable = (row: string, scope: Scope): Sql => ofEventOf(row, scope, reviewed);
const worthALook = (row: string, scope: Scope): Sql => `(${reviewable(row, scope)} AND NOT ${silenced(row, scope)})`;

/** The reports of a campaign to its staff, those of an event to those who coordinate it when the message is made. */
export function reportsReceived(viewer: Viewer | null, { type, id }: Followed, after?: string): LiveSource {
  const isStaff = (one: Viewer | null): boolean => type !== "Campaign" || Boolean(one?.staffOf.includes(id));
  allow(isStaff(signedIn({ viewer })), "watch these reports: only staff of the campaign may");
  return {
    rooms: [room(reportTopic, id)],
    after,
    message: async (ctx, { position, kind, subjectId }) => {
      // What somebody in quarantine goes on to send is nobody's work; what becomes of a report that was told is told.
      const condition = kind === ChangeKind.CREATED ? worthALook : reviewable;
      const shown = isStaff(ctx.viewer) && (await seen(ctx, "turnout_reports", [subjectId], condition)).has(subjectId);
      return shown ? { position, kind, reportId: subjectId } : null;
    },
    resync: (position) => ({ position, kind: ChangeKind.RESYNC, reportId: null }),
  };
}

const receivedShape = shape("ReportReceivedMessage", { report: thingOf(() => reportShape, "report_id") });

export const reportMessage = messageOf(receivedShape, { reportId: "uuid" });
