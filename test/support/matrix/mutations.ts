import {
  admins,
  anybody,
  concerned,
  coordinators,
  everybody,
  leaders,
  managers,
  members,
  reporters,
  type Role,
} from "./people.js";
import type { Setting } from "./setting.js";

/** The kinds of things that mutations are about, and who knows of them, where they are public and where they are not. */
export const known = {
  event: { open: anybody, hidden: concerned },
  campaign: { open: anybody, hidden: ["staff", "siteStaff"] },
  organization: { open: anybody, hidden: [...members, "siteStaff"] },
  coverage: { open: anybody, hidden: concerned },
  endorsement: { open: anybody },
  /** A suggested link. */
  suggestion: { open: [...managers, "suggester"] },
  /** An endorsement without a yes. */
  asked: { open: [...admins, "staff"] },
  invitation: { open: [...admins, "invitee"], hidden: [...admins, "invitee"] },
  rsvp: { open: ["attendee"] },
  /** A sign-in code that was mailed to somebody else. */
  code: { open: [] },
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

type Input = Policy["input"];
const on = (about: Policy["about"], may: readonly Role[], input: Input): Policy => ({ about, may, input });
const atEvent = (may: readonly Role[], more: object = {}): Policy =>
  on("event", may, (s) => ({ eventId: s.event, ...more }));
const inCampaign = (more: object = {}): Policy =>
  on("campaign", ["staff"], (s) => ({ campaignId: s.campaign, ...more }));
const withOurs = on("campaign", ["staff"], (s) => ({ campaignId: s.campaign, organizationId: s.ours }));
const demand = (more: object = {}): Policy => on("campaign", ["staff"], (s) => ({ demandId: s.demand, ...more }));
const ofGroup = (may: readonly Role[], more: object = {}): Policy =>
  on("organization", may, (s) => ({ organizationId: s.organization, ...more }));
const withOther = (may: readonly Role[]): Policy =>
  on("organization", may, (s) => ({ organizationId: s.organization, parentId: s.other }));
const endorsing = (may: readonly Role[]): Policy[] => [
  on("endorsement", may, (s) => ({ endorsementId: s.endorsement })),
  on("asked", may, (s) => ({ endorsementId: s.asked })),
];
const invited = (may: readonly Role[]): Policy => on("invitation", may, (s) => ({ invitationId: s.invitation }));
const link = (may: readonly Role[], others: readonly Role[]): Policy[] => [
  on("coverage", may, (s) => ({ coverageId: s.coverage })),
  on("suggestion", others, (s) => ({ coverageId: s.suggestion })),
];
const siteStaff: Role[] = ["siteStaff"];
const reason = "A reason";
const days = { startsOn: "2026-05-01", endsOn: "2026-05-01" };
const hours = { role: "MARSHAL", startsAt: "2026-01-23T11:00", endsAt: "2026-01-23T13:00", capacity: 5 };
const role = { email: "somebody@rallygraph.example", role: "COORDINATOR" };

/** Every mutation has its line: who may. Those who know of the thing and may not are FORBIDDEN; to all others it is not there. */
export const mutationPolicies: Record<string, Policy | Policy[]> = {
  requestSignInCode: on("nothing", anybody, (_s, who) => ({ email: `${who}@rallygraph.example` })),
  signIn: {
    ...on("code", anybody, () => ({ email: "nobody@rallygraph.example", code: "123456" })),
    missing: "UNAUTHENTICATED",
  },
  signOut: on("nothing", everybody, () => ({})),
  acceptInvitation: invited(["invitee"]),
  declineInvitation: invited(["invitee"]),
  withdrawInvitation: invited(admins),

  registerOrganization: on("nothing", everybody, (_s, who) => ({ kind: "UNION", name: `The union of ${who}` })),
  editOrganization: ofGroup(admins, { version: 1, description: "Other words" }),
  listOrganization: ofGroup(siteStaff),
  rejectOrganization: ofGroup(siteStaff, { reason }),
  verifyOrganization: ofGroup(siteStaff),
  unverifyOrganization: ofGroup(siteStaff),
  inviteMember: ofGroup(admins, { email: "somebody@rallygraph.example" }),
  changeMemberRole: ofGroup(["owner"], { personId: "member", role: "ADMIN" }),
  removeMember: ofGroup(admins, { personId: "member" }),
  leaveOrganization: ofGroup(everybody),
  requestParent: withOther(admins),
  acceptLocal: withOther(["otherAdmin", "otherOwner"]),
  declineLocal: withOther(["otherAdmin", "otherOwner"]),
  leaveParent: withOther([...admins, "otherAdmin", "otherOwner"]),

  createCampaign: on("nothing", [...admins, ...siteStaff], () => ({ title: "A day", ...days })),
  editCampaign: inCampaign({ version: 1, title: "Another title" }),
  openCampaign: inCampaign(),
  closeCampaign: inCampaign(),
  reopenCampaign: inCampaign(),
  addDemand: inCampaign({ text: "Another demand" }),
  editDemand: demand({ text: "Other words" }),
  moveDemand: demand({ position: 1 }),
  removeDemand: demand(),
  addOrganizer: withOurs,
  removeOrganizer: withOurs,
  trustOrganization: withOurs,
  distrustOrganization: withOurs,
  inviteCampaignStaff: inCampaign({ email: "somebody@rallygraph.example" }),
  removeCampaignStaff: inCampaign({ personId: "stranger" }),
  leaveCampaignStaff: { ...inCampaign(), may: everybody },
  inviteEndorsement: withOurs,
  acceptEndorsement: endorsing(admins),
  declineEndorsement: endorsing(admins),
  withdrawEndorsement: endorsing([...admins, "staff"]),
  pledge: on("campaign", anybody, (s, who) => ({
    campaignId: s.campaign,
    cityId: s.city,
    deviceKey: `the-device-of-${who}`.padEnd(40, "-"),
  })),
  startImport: { ...inCampaign({ format: "CROWD_COUNTS" }), missing: "BAD_USER_INPUT" },

  draftEvent: {
    ...on("campaign", everybody, (s) => ({
      campaignId: s.campaign,
      cityId: s.city,
      type: "RALLY",
      title: "A rally",
      startsOn: "2026-01-23",
    })),
    missing: "BAD_USER_INPUT",
  },
  submitEvent: atEvent(managers),
  editEvent: atEvent(managers, { version: 1, title: "Another title" }),
  addEventLanguage: atEvent(managers, { language: "es" }),
  removeEventLanguage: atEvent(managers, { language: "es" }),
  approveEvent: atEvent(["staff"]),
  requestEventChanges: atEvent(["staff"], { note: reason }),
  rejectEvent: atEvent(["staff"], { reason }),
  takeReview: atEvent(["staff"]),
  releaseReview: atEvent(["staff"]),
  rescheduleEvent: atEvent(managers, { version: 1, startsOn: "2026-01-30" }),
  postponeEvent: atEvent(leaders),
  moveEventOnline: atEvent(managers, { onlineUrl: "https://meet.example.org/rally" }),
  markEventTentative: atEvent(managers, { tentative: true }),
  cancelEvent: atEvent(leaders, { reason }),
  deleteEvent: atEvent(leaders, { reason }),
  mergeEvent: on("event", leaders, (s) => ({ eventId: s.event, intoEventId: s.twin })),
  copyEvent: atEvent(managers, { startsOn: "2026-02-06" }),
  repeatEvent: atEvent(managers, { dates: ["2026-01-30"] }),
  inviteCoHost: on("event", leaders, (s) => ({ eventId: s.event, organizationId: s.other })),
  acceptCoHosting: on("event", ["invitedAdmin"], (s) => ({ eventId: s.event, organizationId: s.invited })),
  declineCoHosting: on("event", ["invitedAdmin"], (s) => ({ eventId: s.event, organizationId: s.invited })),
  removeCoHost: on("event", managers, (s) => ({ eventId: s.event, organizationId: s.coHost })),
  assignEventRole: atEvent(managers, role),
  removeEventRole: atEvent(managers, role),

  announce: atEvent(managers, { subject: "News", text: "News" }),
  removeAnnouncement: on("event", managers, (s) => ({ announcementId: s.announcement })),
  addCoverage: atEvent(everybody, { kind: "PHOTO", title: "A photo", url: "https://news.example/another" }),
  acceptCoverage: link(managers, managers),
  removeCoverage: link(managers, [...managers, "suggester"]),
  rsvp: on("event", anybody, (s, who) => ({
    eventId: s.event,
    ...(who === "nobody" ? { email: "somebody@rallygraph.example" } : {}),
  })),
  confirmRsvp: on("nothing", anybody, (s) => ({ token: s.rsvpToken })),
  cancelRsvp: [
    on("rsvp", ["attendee"], (s) => ({ rsvpId: s.rsvp })),
    on("nothing", anybody, (s) => ({ token: s.rsvpToken })),
  ],
  setRsvpLimit: atEvent(managers, { limit: 10 }),
  followEvent: atEvent(everybody),
  unfollowEvent: atEvent(everybody),
  openShift: atEvent(coordinators, hours),
  claimShift: on("event", everybody, (s) => ({ shiftId: s.shift })),
  releaseShift: on("event", everybody, (s) => ({ shiftId: s.shift })),
  reportTurnout: atEvent(reporters, { count: 5 }),
};
