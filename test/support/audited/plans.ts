import { canary, type Acting, type Cases, reason, type World } from "./case.js";

/** Planning the shifts of an event. */
export function planCases({ a, as }: Pick<World, "a" | "as">): Cases {
  /** By a coordinator, on an event. */
  const atEvent = (more: object) => async (): Promise<Acting> => {
    const event = await a.event();
    return { by: await a.coordinator(event), input: { eventId: event.id, ...more } };
  };
  const later = { startsAt: new Date("2026-01-23T19:00:00Z"), endsAt: new Date("2026-01-23T20:00:00Z") };
  const ofShift =
    (more: object = {}, fields: object = {}) =>
    async (): Promise<Acting> => {
      const event = await a.event();
      const shiftId = await a.shift({ event, ...later, ...fields });
      return { by: await a.coordinator(event), input: { shiftId, ...more } };
    };
  const hours = { template: "SMALL", startsAt: "2026-01-23T14:00", endsAt: "2026-01-23T15:00" };

  return {
    editShift: ofShift({ version: 1, instructions: canary, checkInPoint: canary, minimum: 0 }),
    addShiftRequirement: ofShift({ kind: "FIRST_AID" }),
    removeShiftRequirement: ofShift({ kind: "FIRST_AID" }, { requires: ["FIRST_AID"] }),
    publishShift: ofShift({}, { status: "DRAFT" }),
    closeShift: ofShift(),
    reopenShift: ofShift({}, { status: "CLOSED" }),
    cancelShift: ofShift({ reason }),
    applyShiftTemplate: async () => ({ ...(await atEvent(hours)()), makes: true }),
    undoShiftTemplate: async () => {
      const { by, input } = await atEvent(hours)();
      const { data } = await as(by).call("applyShiftTemplate", input, "templateRunId");
      return { by, input: { templateRunId: data.applyShiftTemplate.templateRunId } };
    },
    setStaffing: atEvent({ expectedTurnout: 500 }),
  };
}
