import { PeacekeeperRow, ShiftSignup } from "../../src/features/shifts/index.js";
import { fromGlobalId, newId, toGlobalId } from "../../src/platform/database/ids.js";
import type { openWorld, Person } from "./world.js";

type World = Pick<ReturnType<typeof openWorld>, "a" | "as" | "clock" | "server">;

const unheld = ["WAITLISTED", "NO_SHOW", "EXCUSED", "RELEASED", "LAPSED"];
const confirmed = ["CONFIRMED", "SWAP_OFFERED", "CHECKED_IN"];

/** A rally on the day itself: its shift is from 18:00 to 20:00 UTC. */
export function dutyIn({ a, as, clock, server }: World) {
  /** A place on a shift that stands so, as if it had been claimed long before. */
  async function place(shift: string, status = "CONFIRMED", who?: Person) {
    const person = who ?? (await a.peacekeeper());
    const { db, now } = server().services;
    const shiftId = fromGlobalId("Shift", shift, "id");
    const counts = [!unheld.includes(status), confirmed.includes(status), status === "CHECKED_IN"].map(Number);
    const [shifts]: [{ startsAt: Date; endsAt: Date }[], number] = await db.query(
      `UPDATE shifts SET taken = taken + $2, confirmed = confirmed + $3, on_duty = on_duty + $4 WHERE id = $1
       RETURNING starts_at AS "startsAt", ends_at AS "endsAt"`,
      [shiftId, ...counts],
    );
    const id = newId();
    const claimed = { id, shiftId, personId: person.id, ...shifts[0]!, status: status as never, claimedAt: now() };
    await db.insert(ShiftSignup, claimed);
    return { person, signupId: toGlobalId("ShiftSignup", id) };
  }

  /** A shift of a rally, and who coordinates it. */
  async function rally(fields: object = {}) {
    const event = await a.event();
    const shift = await a.shift({ event, ...fields });
    return { event, shift, coordinator: as(await a.coordinator(event)) };
  }

  /** What a person tells coordinators of themself, sealed as it is kept. */
  async function known(person: Person, name: string, phone: string | null = null): Promise<void> {
    const { db, secrets } = server().services;
    const sealed = { nameSealed: secrets.seal(name), phoneSealed: phone && secrets.seal(phone) };
    await db.insert(PeacekeeperRow, { personId: person.id, cityId: null, onCall: false, ...sealed } as never);
  }

  return {
    place,
    rally,
    known,
    /** The clock of the day. */
    at: (time: string): void => void (clock.now = new Date(`2026-01-23T${time}Z`)),
    nextDay: (time: string): void => void (clock.now = new Date(`2026-01-24T${time}Z`)),
  };
}

export const signupFields = "signup { status arrivedAt arrivalHeardAt minutesLate leftAt } shift { taken confirmed }";
