import { ShiftSignup, SignupStep } from "../../src/features/shifts/index.js";
import { fromGlobalId, newId, toGlobalId } from "../../src/platform/database/ids.js";
import type { openWorld, Person } from "./world.js";

type World = ReturnType<typeof openWorld>;

/** Sign-ups as they are after the day, without the way there. */
export const signupsIn =
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
