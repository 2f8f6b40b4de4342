import { admins, anybody, concerned, coordinators, managers, members, type Role } from "./people.js";
import type { Setting } from "./setting.js";

/** The kinds of things that mutations are about, and who knows of them, where they are public and where they are not. */
export const known = {
  event: { open: anybody, hidden: concerned },
  campaign: { open: anybody, hidden: ["staff", "siteStaff"] },
  organization: { open: anybody, hidden: [...members, "siteStaff"] },
  /** An event and the organization that leads it. */
  both: { open: anybody, hidden: members },
  coverage: { open: anybody, hidden: concerned },
  endorsement: { open: anybody },
  /** A suggested link. */
  suggestion: { open: [...managers, "suggester"] },
  /** An endorsement without a yes. */
  asked: { open: [...admins, "staff"] },
  invitation: { open: [...admins, "invitee"], hidden: [...admins, "invitee"] },
  /** A promise of peacekeepers by an organization that may not be known to all who could see it. */
  dispatch: { open: [...coordinators] },
  rsvp: { open: ["attendee"] },
  /** One use of a template of shifts. */
  templateRun: { open: coordinators, hidden: coordinators },
  qualification: { open: [...admins, "attendee", "siteStaff"] },
  /** What is only made at an event in public. */
  training: { open: anybody },
  /** A sign-up that a coordinator has to confirm. */
  request: { open: [...coordinators, "newcomer"] },
  /** A place that the peacekeeper gives and the newcomer wants. */
  swap: { open: [...coordinators, "peacekeeper", "newcomer"] },
  /** What the peacekeeper is asked, and the coordinators' asking. */
  cover: { open: ["peacekeeper"] },
  callOut: { open: coordinators },
  wish: { open: ["newcomer"] },
  /** A place that is held. */
  held: { open: [...coordinators, "peacekeeper"] },
  /** A sign-in code that was mailed to somebody else. */
  code: { open: [] },
  /** A count of the reporter. */
  report: { open: concerned, hidden: concerned },
  /** An address that takes reports. */
  turnoutLink: { open: coordinators, hidden: coordinators },
  /** A key of the peacekeeper. */
  apiKey: { open: ["peacekeeper"] },
  /** Where a peacekeeper has messages sent. */
  webhook: { open: ["peacekeeper"], hidden: ["peacekeeper"] },
  /** Nothing that anybody could hide. */
  nothing: { open: anybody },
} satisfies Record<string, { open: readonly Role[]; hidden?: readonly Role[] }>;

/** Who may call a mutation on what, and a call that would change something. */
export interface Policy {
  about: keyof typeof known;
  may: readonly Role[];
  input: (s: Required<Setting>, role: Role) => object;
  /** What is said where there is no such thing. */
  missing?: "BAD_USER_INPUT" | "UNAUTHENTICATED";
}
