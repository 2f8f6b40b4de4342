import { Qualification, QualificationStatus } from "../../src/features/qualifications/index.js";
import { fromGlobalId, newId } from "../../src/platform/database/ids.js";
import { jobsDone } from "./jobs.js";
import { lettersTo } from "./outbox.js";
import type { openWorld, Person } from "./world.js";

export const day = 24 * 3_600_000;
export const inDays = (from: Date, days: number): Date => new Date(from.getTime() + days * day);

const fields = "id kind status requestedAt decidedAt expiresAt reason isExpired renewalDue counts";

/** What tests of qualifications do again and again; the clock stands as at first after each. */
export function qualificationsIn({ a, as, clock, server, folder }: ReturnType<typeof openWorld>) {
  const start = clock.now;
  afterEach(() => {
    clock.now = start;
  });
  /** Lets days pass, in which nobody is signed out. */
  async function pass(days: number): Promise<void> {
    clock.now = inDays(clock.now, days);
    await server().services.db.query("UPDATE sessions SET expires_at = $1", [inDays(clock.now, 30)]);
  }
  const kind = "FIRST_AID";

  /** A verified organization with its admin. */
  async function clearing(verified = true) {
    const organization = await a.organization({ verified });
    return { organization, admin: await a.admin(organization) };
  }
  type Of = { id: string };

  const call = (by: Person | undefined, name: string, input: object) =>
    as(by).call(name, input, `qualification { ${fields} }`);
  const request = (by: Person | undefined, of: Of, more: object = {}) =>
    call(by, "requestQualification", { organizationId: of.id, kind, ...more });
  /** Asks, and gives the id. */
  const asked = async (by: Person, of: Of, more: object = {}): Promise<string> =>
    (await request(by, of, more)).data.requestQualification.qualification.id;
  const clear = (by: Person | undefined, qualificationId: string, expiresAt?: Date | null) =>
    call(by, "clearQualification", { qualificationId, expiresAt });
  const revoke = (by: Person | undefined, qualificationId: string) =>
    call(by, "revokeQualification", { qualificationId, reason: "Was rude" });
  const decline = (by: Person | undefined, qualificationId: string) =>
    call(by, "declineQualification", { qualificationId, reason: "Not yet" });

  /** A person who is cleared, until then. */
  async function cleared(expiresAt: Date | null = null, more: object = {}) {
    const [{ organization, admin }, person] = [await clearing(), await a.person()];
    const id = await asked(person, organization, more);
    await clear(admin, id, expiresAt);
    return { organization, admin, person, id };
  }

  /** A person's own qualifications, as they see them. */
  const ownOf = async (person: Person): Promise<Record<string, unknown>[]> =>
    (await as(person).run(`{ viewer { qualifications { nodes { ${fields} } } } }`)).data.viewer.qualifications.nodes;

  const rowOf = async (id: string): Promise<Qualification> =>
    (
      await server().services.db.query("SELECT * FROM qualifications WHERE id = $1", [
        fromGlobalId("Qualification", id, "id"),
      ])
    )[0];

  /** Their mails as subjects, the latest last. */
  const subjectsTo = async ({ email }: Person): Promise<string[]> => {
    await jobsDone(server().services);
    return (await lettersTo(folder(), email)).map(({ subject }) => subject);
  };

  return {
    start,
    pass,
    kind,
    clearing,
    request,
    asked,
    clear,
    revoke,
    decline,
    cleared,
    call,
    ownOf,
    rowOf,
    subjectsTo,
  };
}

/** What was decided on a person, by a verified organization unless told. */
export interface Clearance {
  by?: { id: string };
  kind?: string;
  status?: keyof typeof QualificationStatus;
  expiresAt?: Date | null;
}

/** Clears people without the way there; gives the organization. */
export const clearing =
  ({ a, clock, server }: ReturnType<typeof openWorld>) =>
  async (
    { id: personId }: Person,
    { by, kind = "FIRST_AID", status = "CLEARED", expiresAt = null }: Clearance = {},
  ): Promise<{ id: string }> => {
    const organization = by ?? (await a.organization({ verified: true }));
    await server().services.db.insert(Qualification, {
      id: newId(),
      personId,
      organizationId: fromGlobalId("Organization", organization.id, "id"),
      kind: kind as never,
      status: QualificationStatus[status],
      decidedAt: clock.now,
      expiresAt,
      reason: status === "CLEARED" ? null : "Was rude",
    });
    return organization;
  };
