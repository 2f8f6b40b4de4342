import { type Context, signedIn, type Viewer } from "../../platform/context.js";
import { fromGlobalId } from "../../platform/database/ids.js";
import { eachOf, passed, together } from "../../platform/database/together.js";
import type { Transaction } from "../../platform/database/transact.js";
import { rateLimit } from "../../platform/limits/rate.js";
import { type EventFacts, seenBy } from "../events/index.js";
import { addReports, type ReportAnswer } from "./report.add.js";
import { groundworkOf } from "./report.groundwork.js";
import type { Voice } from "./report.row.js";
import { sourceFor, sourceIn } from "./report.source.js";
import { voiceOf, voicesOf } from "./reporter.voice.js";
import type { ReportTurnoutInput } from "./turnout.inputs.js";

// A minute, by one person of one event: who counts never does, a phone that loops does, and all others wait for the event.
const voiceLimit = rateLimit(300);

/** Adds a count; the event's turnout and all sums follow in the same transaction. */
export async function reportTurnout(ctx: Context, input: ReportTurnoutInput): Promise<ReportAnswer> {
  const { personId } = signedIn(ctx);
  await voiceLimit(ctx, `${personId} ${fromGlobalId("Event", input.eventId, "input.eventId")}`);
  return report(ctx, input);
}

const report = together<ReportTurnoutInput, ReportAnswer>("reportTurnout", async (tx, calls) => {
  const asked = eachOf(calls, ({ viewer, input }) => {
    const eventId = fromGlobalId("Event", input.eventId, "input.eventId");
    return { viewer, input, eventId, personId: viewer.personId };
  });
  const { known, grounds } = await groundworkOf(tx, passed(asked));
  const allowed = eachOf(asked, ({ viewer, input, personId }) => {
    const { event: found, stands, voice } = known.shift()!;
    const event = seenBy(viewer, found);
    return { event, personId, input, voice, source: sourceFor(viewer, event, stands) };
  });
  const newcomers = passed(allowed).filter(({ voice }) => !voice);
  const voices = newcomers.length > 0 ? await voicesOf(tx, newcomers) : [];
  const drafts = eachOf(allowed, ({ event, personId, input, source, voice }) => {
    const { id: reporterId, quarantined } = voice ?? voices.shift()!;
    return { event, input, source, reporterId, quarantined, correctsId: null, actorId: personId };
  });
  return addReports(tx, drafts, grounds);
});

/** Whose word this viewer's reports of the event are; refuses those who may not report. */
export const voiceIn = async (tx: Transaction, viewer: Viewer, event: EventFacts): Promise<Voice> => ({
  source: await sourceIn(tx, viewer, event),
  reporterId: await voiceOf(tx, event, viewer.personId),
});
