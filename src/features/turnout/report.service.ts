import type { Viewer } from "../../platform/context.js";
import { fromGlobalId } from "../../platform/database/ids.js";
import { eachOf, passed, together } from "../../platform/database/together.js";
import type { Transaction } from "../../platform/database/transact.js";
import { type EventFacts, seenBy, shareEvents } from "../events/index.js";
import { addReports, type ReportAnswer } from "./report.add.js";
import type { Voice } from "./report.row.js";
import { sourceIn, sourcesOf } from "./report.source.js";
import { voiceOf, voicesOf } from "./reporter.voice.js";
import type { ReportTurnoutInput } from "./turnout.inputs.js";

/** Adds a count; the event's turnout and all sums follow in the same transaction. */
export const reportTurnout = together<ReportTurnoutInput, ReportAnswer>("reportTurnout", async (tx, calls) => {
  const asked = eachOf(calls, (call) => ({ ...call, id: fromGlobalId("Event", call.input.eventId, "input.eventId") }));
  const events = await shareEvents(
    tx,
    passed(asked).map(({ id }) => id),
  );
  const seen = eachOf(asked, (call) => ({ ...call, event: seenBy(call.viewer, events.get(call.id)) }));
  const named = await sourcesOf(tx, seen);
  const voices = await voicesOf(
    tx,
    passed(named).map(({ event, viewer }) => ({ event, personId: viewer.personId })),
  );
  const drafts = eachOf(named, ({ event, input, source, viewer: { personId: actorId } }) => ({
    event,
    input,
    source,
    reporterId: voices.shift()!,
    correctsId: null,
    actorId,
  }));
  return addReports(tx, drafts);
});

/** Whose word this viewer's reports of the event are; refuses those who may not report. */
export const voiceIn = async (tx: Transaction, viewer: Viewer, event: EventFacts): Promise<Voice> => ({
  source: await sourceIn(tx, viewer, event),
  reporterId: await voiceOf(tx, event, viewer.personId),
});
