import type { openWorld, Person } from "../world.js";

/** What a person has to do with a campaign, an organization that leads an event of it, and that event. */
export const roles = [
  "nobody",
  "stranger",
  "creator",
  "member",
  "admin",
  "owner",
  "coHostMember",
  "coHostAdmin",
  "invitedMember",
  "invitedAdmin",
  "otherMember",
  "otherAdmin",
  "otherOwner",
  "formerMember",
  "formerAdmin",
  "coordinator",
  "reporter",
  "formerReporter",
  "otherCoordinator",
  "otherReporter",
  "staff",
  "formerStaff",
  "otherStaff",
  "siteStaff",
  "attendee",
  "peacekeeper",
  "newcomer",
  "suggester",
  "invitee",
] as const;

export type Role = (typeof roles)[number];
export type People = Record<Role, Person | undefined>;

/** Everybody who is signed in. */
export const everybody = roles.filter((role) => role !== "nobody");
export const anybody = [...roles];

/** Those who may what the policies of events name. */
export const leaders: Role[] = ["creator", "admin", "owner", "staff"];
export const managers: Role[] = [...leaders, "coHostAdmin"];
export const coordinators: Role[] = [...managers, "coordinator"];
export const reporters: Role[] = [...coordinators, "reporter"];
export const concerned: Role[] = [...reporters, "member", "coHostMember", "invitedAdmin"];

export const admins: Role[] = ["admin", "owner"];
export const members: Role[] = [...admins, "member", "creator"];

/** One person for each role, who is nobody yet. */
export async function cast({ a }: Pick<ReturnType<typeof openWorld>, "a">): Promise<People> {
  const people = {} as People;
  for (const role of roles) people[role] = role === "nobody" ? undefined : await a.person();
  await a.siteStaff(people.siteStaff);
  return people;
}
