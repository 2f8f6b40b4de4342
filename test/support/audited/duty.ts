import { dutyIn } from "../duty.js";
import type { Person } from "../world.js";
import { type Acting, canary, type Cases, reason, type World } from "./case.js";

/** What people do on the day itself. */
export function dutyCases(world: World): Cases {
  const { a, as } = world;

  /** A place that is held, after these steps. */
  async function place(...before: string[]) {
    const event = await a.event();
    const [shiftId, by] = [await a.shift({ event }), await a.coordinator(event)];
    const { person, signupId } = await dutyIn(world).place(shiftId);
    for (const name of before) await as(by).call(name, { signupId }, "__typename");
    return { event, shiftId, by, person, signupId };
  }
  const after =
    (before: string[], more: object = {}) =>
    async (): Promise<Acting> => {
      const { by, signupId } = await place(...before);
      return { by, input: { signupId, ...more } };
    };
  const codeBy = async (by: Person, eventId: string): Promise<string> =>
    (await as(by).call("replaceCheckInCode", { eventId }, "checkInCode { code }")).data.replaceCheckInCode.checkInCode
      .code;

  return {
    checkIn: after([]),
    checkInWithCode: async () => {
      const { by, person, event, shiftId } = await place();
      return { by: person, input: { shiftId, code: await codeBy(by, event.id) }, unnamed: true };
    },
    checkOut: after(["checkIn"]),
    markNoShow: after([]),
    excuseSignup: after([], { reason }),
    undoStep: after(["checkIn"], { status: "CHECKED_IN" }),
    replaceCheckInCode: async () => {
      const { by, event } = await place();
      return { by, input: { eventId: event.id }, makes: true };
    },
    messagePeacekeepers: async () => {
      const { by, event } = await place();
      return { by, input: { to: "EVENT", eventId: event.id, subject: canary, text: canary }, makes: true };
    },
    messageCoordinators: async () => {
      const { person, shiftId } = await place();
      return { by: person, input: { shiftId, text: canary }, makes: true, unnamed: true };
    },
  };
}
