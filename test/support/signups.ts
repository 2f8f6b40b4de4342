import { ShiftSignup, SignupStep } from "../../src/features/shifts/index.js";
import { fromGlobalId, newId, toGlobalId } from "../../src/platform/database/ids.js";
import { jobsDone, runTask } from "./jobs.js";
import { lettersTo } from "./outbox.js";
import type { openWorld, Person } from "./world.js";

type World = ReturnType<typeof openWorld>;

export const hour = 3_600_000;

const signup =
  "signup { id status ahead deadline releasedAt releasedLate } shift { id taken confirmed waiting staffing }";

/** What tests of sign-ups do again and again; the clock stands three days before the shifts, again after each test. */
export function signupsIn({ a, as, clock, server, folder }: World) {
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

/** Sign-ups as they are after the day, without the way there. */
export const pastSignupsIn =
  ({ server, clock }: Pick<World, "server" | "clock">) =>
  async (
    shift: string,
    by: Person,
    status: string,
    { at = clock.now, late = false }: { at?: Date; late?: boolean } = {},
  ): Promise<string> => {
    const { db } = server().services;
    const [id, shiftId] = [newId(), fromGlobalId("Shift", shift, "id")];
    const [times] = await db.query(`SELECT starts_at AS "startsAt", ends_at AS "endsAt" FROM shifts WHERE id = $1`, [
      shiftId,
    ]);
    const row = { id, shiftId, personId: by.id, status: status as never, claimedAt: clock.now, releasedLate: late };
    await db.insert(ShiftSignup, { ...row, ...times });
    await db.insert(SignupStep, {
      signupId: id,
      version: 1,
      status: status as never,
      at,
      actorId: by.id,
      reason: "Ill",
    });
    return toGlobalId("ShiftSignup", id);
  };
