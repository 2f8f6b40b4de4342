import { canary, type Cases, maker, reason, type World } from "./case.js";

/** What becomes of counts. */
export function reportCases(world: World): Cases {
  const { a } = world;
  /** A count by a reporter, which counts or waits. */
  async function counted(method: "CLICKER" | "PHOTO") {
    const event = await a.event();
    const reporter = await a.reporter(event);
    const input = { eventId: event.id, count: 2_000, method, words: canary };
    return { event, reporter, reportId: await maker(world)(reporter, "reportTurnout", "report", input) };
  }
  const reviewed = (method: "CLICKER" | "PHOTO") => async () => {
    const { event, reportId } = await counted(method);
    return { by: await a.coordinator(event), input: { reportId, reason } };
  };
  return {
    correctTurnoutReport: async () => {
      const { reporter, reportId } = await counted("CLICKER");
      return { by: reporter, input: { reportId, count: 5, note: canary } };
    },
    retractTurnoutReport: async () => {
      const { reporter, reportId } = await counted("CLICKER");
      return { by: reporter, input: { reportId, reason } };
    },
    acceptTurnoutReport: reviewed("PHOTO"),
    rejectTurnoutReport: reviewed("PHOTO"),
    doubtTurnoutReport: reviewed("CLICKER"),
  };
}
