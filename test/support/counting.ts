import type { openWorld, Person } from "./world.js";

export const whole =
  "report { id status flags low high words reviewReason retractReason observedAt corrects { id status } }";

/** Calls about reports of an event, with those who make and review them. */
export function countingIn({ a, as, clock }: Pick<ReturnType<typeof openWorld>, "a" | "as" | "clock">) {
  type Made = Awaited<ReturnType<typeof a.event>>;

  /** Calls are a second apart: of two reports of one moment neither would be the later one. */
  const call = (person: Person | undefined, name: string, input: object) => {
    clock.now = new Date(clock.now.getTime() + 1_000);
    return as(person).call(name, input, whole);
  };
  const done = async (person: Person, name: string, input: object) => {
    const reply = await call(person, name, input);
    expect([reply.code, reply.message]).toEqual(["OK", ""]);
    return reply.data[name].report;
  };
  const report = (person: Person, event: Made, input: object) =>
    done(person, "reportTurnout", { eventId: event.id, method: "CLICKER", ...input });

  /** An event with those who count there and those who look at it. */
  const counting = async () => {
    const campaign = await a.campaign();
    const event = await a.event({ campaign });
    const [reporter, coordinator, staff] = [
      await a.reporter(event),
      await a.coordinator(event),
      await a.staff(campaign),
    ];
    return { campaign, event, reporter, coordinator, staff };
  };
  return { call, done, report, counting };
}
