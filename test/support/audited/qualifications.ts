import { type Acting, canary, type Cases, maker, reason, type World } from "./case.js";

/** What people do with qualifications and trainings. */
export function qualificationCases({ a, as }: World): Cases {
  const idIn = maker({ as });

  async function clearing() {
    const organization = await a.organization({ verified: true });
    const [admin, person] = [await a.admin(organization), await a.person()];
    const input = { organizationId: organization.id, kind: "FIRST_AID", name: canary };
    const ask = async () => ({
      qualificationId: await idIn(person, "requestQualification", "qualification", input),
    });
    return { organization, admin, person, input, ask };
  }
  const answering =
    (more: object = {}) =>
    async (): Promise<Acting> => {
      const { admin, ask } = await clearing();
      return { by: admin, input: { ...(await ask()), ...more } };
    };

  /** A training, and somebody who comes to it. */
  async function training() {
    const { organization, admin } = await clearing();
    const event = await a.event({ host: organization, type: "TRAINING" as never });
    return { organization, admin, event, of: (more: object = {}) => ({ eventId: event.id, ...more }) };
  }
  const attendance = async () => {
    const { organization, admin, event, of } = await training();
    await a.training(event, organization);
    return { by: admin, input: of({ rsvpId: await idIn(await a.person(), "rsvp", "rsvp", of()) }) };
  };

  return {
    requestQualification: async () => {
      const { person, input } = await clearing();
      const refused = { input: { ...input, organizationId: (await a.organization()).id } };
      return { by: person, input, refused, unnamed: true };
    },
    withdrawQualificationRequest: async () => {
      const { person, ask } = await clearing();
      return { by: person, input: await ask(), unnamed: true };
    },
    clearQualification: answering(),
    declineQualification: answering({ reason }),
    revokeQualification: async () => {
      const { by, input } = await answering({ reason })();
      const { qualificationId } = input as { qualificationId: string };
      await as(by).call("clearQualification", { qualificationId }, "__typename");
      return { by, input };
    },
    setTraining: async () => {
      const { organization, admin, of } = await training();
      return { by: admin, input: of({ kind: "FIRST_AID", organizationId: organization.id, validDays: 30 }) };
    },
    removeTraining: async () => {
      const { organization, admin, event, of } = await training();
      await a.training(event, organization);
      return { by: admin, input: of() };
    },
    recordAttendance: attendance,
    undoAttendance: async () => {
      const { by, input } = await attendance();
      await as(by).call("recordAttendance", input, "__typename");
      return { by, input };
    },
  };
}
