import { type Acting, canary, type Cases, maker, reason, type World } from "./case.js";

/** What people do with organizations and their members. */
export function organizationCases({ a, as }: World): Cases {
  const idIn = maker({ as });
  type Fields = Parameters<typeof a.organization>[0];

  /** An organization, its people, and inputs about it. */
  async function group(fields: Fields = {}) {
    const organization = await a.organization(fields);
    const of = (more: object = {}) => ({ organizationId: organization.id, ...more });
    return { organization, of, owner: await a.owner(organization), member: await a.member(organization) };
  }
  const bySite =
    (fields: Fields, more: object = {}) =>
    async (): Promise<Acting> => ({
      by: await a.siteStaff(),
      input: (await group(fields)).of(more),
    });
  const invited = async () => {
    const [{ of, owner }, by] = [await group(), await a.person()];
    const input = { invitationId: await idIn(owner, "inviteMember", "invitation", of({ email: by.email })) };
    return { owner, by, input };
  };
  const tie = (by: "local" | "parent", made: string[]) => async (): Promise<Acting> => {
    const [local, parent] = [await group(), await group()];
    const input = local.of({ parentId: parent.organization.id });
    const people = { local: local.owner, parent: parent.owner };
    for (const name of made)
      await as(name === "requestParent" ? people.local : people.parent).call(name, input, "__typename");
    return { by: people[by], input };
  };
  const inReview = { status: "IN_REVIEW" as never };
  const globalId = (id: string): string => `person_${id.replaceAll("-", "")}`;

  return {
    registerOrganization: async () => {
      const name = `Verified ${canary} ${Math.random()}`;
      await a.organization({ name, verified: true });
      const input = { kind: "UNION", name: `${name} too`, description: canary };
      return { by: await a.person(), input, refused: { input: { kind: "UNION", name } }, makes: true };
    },
    editOrganization: async () => {
      const { owner, of } = await group();
      return { by: owner, input: of({ version: 1, description: canary, website: `https://example.org/${canary}` }) };
    },
    listOrganization: bySite(inReview),
    rejectOrganization: bySite(inReview, { reason }),
    verifyOrganization: bySite({}),
    unverifyOrganization: bySite({ verified: true }),
    inviteMember: async () => {
      const { owner, of } = await group();
      return { by: owner, input: of({ email: `${canary}@rallygraph.example` }), makes: true };
    },
    acceptInvitation: invited,
    declineInvitation: invited,
    withdrawInvitation: async () => {
      const { owner, input } = await invited();
      return { by: owner, input };
    },
    changeMemberRole: async () => {
      const { owner, member, of } = await group();
      return { by: owner, input: of({ personId: globalId(member.id), role: "ADMIN" }) };
    },
    removeMember: async () => {
      const { owner, member, of } = await group();
      return { by: owner, input: of({ personId: globalId(member.id) }) };
    },
    leaveOrganization: async () => {
      const { member, of } = await group();
      return { by: member, input: of(), refused: { input: (await group(inReview)).of() } };
    },
    requestParent: tie("local", []),
    acceptLocal: tie("parent", ["requestParent"]),
    declineLocal: tie("parent", ["requestParent"]),
    leaveParent: tie("local", ["requestParent", "acceptLocal"]),
  };
}
