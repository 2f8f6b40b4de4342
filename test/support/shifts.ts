import { jobsDone, runTask } from "./jobs.js";
import { lettersTo } from "./outbox.js";
import type { openWorld, Person } from "./world.js";

export const hour = 3_600_000;

const signup =
  "signup { id status ahead deadline releasedAt releasedLate } shift { id taken confirmed waiting staffing }";

/** What tests of sign-ups do again and again; the clock stands three days before the shifts, again after each test. */
export function signupsIn({ a, as, clock, server, folder }: ReturnType<typeof openWorld>) {
  const start = (clock.now = new Date("2026-01-20T12:00:00Z"));
  afterEach(() => {
    clock.now = start;
  });

  const act = (name: string) => async (by: Person | undefined, input: object) => {
    const reply = await as(by).call(name, input, signup);
    return { ...reply, ...reply.data?.[name] };
  };
  const ofShift =
    (name: string) =>
    (by: Person | undefined, shiftId: string, more: object = {}) =>
      act(name)(by, { shiftId, ...more });
  const ofSignup =
    (name: string) =>
    (by: Person, signupId: string, more: object = {}) =>
      act(name)(by, { signupId, ...more });
  const claim = ofShift("claimShift");

  return {
    claim,
    line: (by: Person, shiftId: string) => claim(by, shiftId, { joinWaitlist: true }),
    release: ofShift("releaseShift"),
    confirm: ofSignup("confirmSignup"),
    decline: ofSignup("declineSignup"),
    /** What stands in the way, and what the person has there, as they read it. */
    reads: async (by: Person | undefined, shiftId: string) =>
      (
        await as(by).run(
          `query($id: ID!) { node(id: $id) { ... on Shift { status taken confirmed waiting staffing eligibility instructions checkInPoint
             viewerSignup { id status ahead deadline } } } }`,
          { id: shiftId },
        )
      ).data.node,
    pass: (ms: number): void => void (clock.now = new Date(clock.now.getTime() + ms)),
    /** Time goes by, and the server does what is due. */
    passes: async (ms: number): Promise<void> => {
      clock.now = new Date(clock.now.getTime() + ms);
      await runTask(server().services, "overdue signups");
    },
    subjects: async (to: Person): Promise<string[]> => {
      await jobsDone(server().services);
      return (await lettersTo(folder(), to.email)).map(({ subject }) => subject.replace(/:.*/, ""));
    },
    /** A shift on January 23, from and to the hours UTC. */
    at: (from: number, to: number, fields: Parameters<typeof a.shift>[0] = {}) =>
      a.shift({
        startsAt: new Date(Date.UTC(2026, 0, 23, 0, from * 60)),
        endsAt: new Date(Date.UTC(2026, 0, 23, 0, to * 60)),
        ...fields,
      }),
  };
}
