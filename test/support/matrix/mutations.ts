import type { Policy } from "./known.js";
import { admins, anybody, coordinators, everybody, leaders, managers, reporters, type Role } from "./people.js";

type Input = Policy["input"];
const on = (about: Policy["about"], may: readonly Role[], input: Input): Policy => ({ about, may, input });
const ofPlace = (more: object = {}): Policy => on("held", coordinators, (s) => ({ signupId: s.held, ...more }));
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
const ofShift = (more: object = {}): Policy => on("event", coordinators, (s) => ({ shiftId: s.shift, ...more }));
const link = (may: readonly Role[], others: readonly Role[]): Policy[] => [
  on("coverage", may, (s) => ({ coverageId: s.coverage })),
  on("suggestion", others, (s) => ({ coverageId: s.suggestion })),
];
const ofQualification = (may: readonly Role[], more: object = {}): Policy =>
  on("qualification", may, (s) => ({ qualificationId: s.qualification, ...more }));
const attendance = on("training", coordinators, (s) => ({ eventId: s.event, rsvpId: s.rsvp }));
const ofSwap = on("swap", coordinators, (s) => ({ swapId: s.swap }));
const ofDispatch = (may: readonly Role[], more: object = {}): Policy =>
  on("dispatch", may, (s) => ({ dispatchId: s.dispatch, ...more }));
const ofWebhook = (more: object = {}): Policy =>
  on("webhook", ["peacekeeper"], (s) => ({ webhookId: s.webhook, ...more }));
const ofReport = (may: readonly Role[], more: object = {}): Policy =>
  on("report", may, (s) => ({ reportId: s.report, ...more }));
const ofReporters = on("campaign", ["staff"], (s) => ({
  campaignId: s.campaign,
  reporterIds: [s.turnoutReporter],
  reason: "A reason",
}));
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
  addRoleRequirement: inCampaign({ role: "MEDIC", kind: "FIRST_AID" }),
  removeRoleRequirement: inCampaign({ role: "MEDIC", kind: "FIRST_AID" }),
  setTurnoutPolicy: inCampaign({ publishing: "AFTER_DAY" }),
  nudgeHosts: inCampaign(),
  quarantineReporters: ofReporters,
  liftQuarantines: ofReporters,
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
  addEventIdentifier: atEvent(managers, { identifier: "mobilize:123" }),
  removeEventIdentifier: atEvent(managers, { identifier: "mobilize:123" }),
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
  requestQualification: ofGroup(everybody, { kind: "DE_ESCALATION" }),
  withdrawQualificationRequest: ofQualification(["attendee"]),
  clearQualification: ofQualification(admins),
  declineQualification: ofQualification(admins, { reason }),
  revokeQualification: ofQualification([...admins, ...siteStaff], { reason }),
  setTraining: on("event", admins, (s) => ({
    eventId: s.event,
    organizationId: s.organization,
    kind: "FIRST_AID",
    validDays: 30,
  })),
  removeTraining: atEvent(managers),
  recordAttendance: attendance,
  undoAttendance: attendance,
  updatePeacekeeper: on("nothing", everybody, () => ({ name: "Ada" })),
  followEvent: atEvent(everybody),
  unfollowEvent: atEvent(everybody),
  openShift: atEvent(coordinators, hours),
  editShift: ofShift({ version: 1, minimum: 2 }),
  addShiftRequirement: ofShift({ kind: "FIRST_AID" }),
  removeShiftRequirement: ofShift({ kind: "FIRST_AID" }),
  publishShift: ofShift(),
  closeShift: ofShift(),
  reopenShift: ofShift(),
  cancelShift: ofShift({ reason }),
  applyShiftTemplate: atEvent(coordinators, { template: "SMALL" }),
  undoShiftTemplate: on("templateRun", coordinators, (s) => ({ templateRunId: s.templateRun })),
  setStaffing: atEvent(coordinators, { expectedTurnout: 500 }),
  claimShift: on("event", everybody, (s) => ({ shiftId: s.shift })),
  assignShift: on("event", coordinators, (s) => ({ shiftId: s.shift, email: "somebody@rallygraph.example" })),
  releaseShift: on("event", everybody, (s) => ({ shiftId: s.shift })),
  offerSwap: on("event", everybody, (s) => ({ shiftId: s.shift })),
  withdrawSwap: on("event", everybody, (s) => ({ shiftId: s.shift })),
  acceptSwap: on("event", everybody, (s) => ({ shiftId: s.shift })),
  withdrawSwapRequest: on("wish", ["newcomer"], (s) => ({ swapId: s.swap })),
  approveSwap: ofSwap,
  declineSwap: ofSwap,
  undoSwap: ofSwap,
  callOut: on("event", coordinators, (s) => ({ shiftId: s.shift })),
  closeCallOut: on("callOut", coordinators, (s) => ({ callOutId: s.callOut })),
  acceptCover: on("cover", ["peacekeeper"], (s) => ({ coverId: s.cover })),
  declineCover: on("cover", ["peacekeeper"], (s) => ({ coverId: s.cover })),
  confirmSignup: on("request", coordinators, (s) => ({ signupId: s.requested })),
  declineSignup: on("request", coordinators, (s) => ({ signupId: s.requested, reason })),
  checkIn: ofPlace(),
  checkInWithCode: on("event", everybody, (s) => ({ shiftId: s.shift, code: s.checkInCode })),
  checkOut: { ...ofPlace(), may: [...coordinators, "peacekeeper"] },
  markNoShow: ofPlace(),
  excuseSignup: ofPlace({ reason }),
  undoStep: ofPlace({ status: "CHECKED_IN" }),
  replaceCheckInCode: atEvent(coordinators),
  messagePeacekeepers: [
    atEvent(coordinators, { to: "EVENT", subject: "Vests", text: "Wear one" }),
    on("event", coordinators, (s) => ({ to: "SHIFT", shiftId: s.shift, subject: "Vests", text: "Wear one" })),
  ],
  messageCoordinators: on("event", everybody, (s) => ({ shiftId: s.shift, text: "On my way" })),
  promisePeacekeepers: on("both", admins, (s) => ({ eventId: s.event, organizationId: s.organization, count: 2 })),
  withdrawDispatch: ofDispatch(coordinators),
  namePeacekeeper: ofDispatch(admins, { email: "somebody@rallygraph.example" }),
  unnamePeacekeeper: ofDispatch(admins, { email: "somebody@rallygraph.example" }),
  eraseMyData: on("nothing", everybody, () => ({ confirm: "erase everything" })),
  createApiKey: on("nothing", everybody, () => ({ name: "Another map" })),
  revokeApiKey: on("apiKey", ["peacekeeper"], (s) => ({ apiKeyId: s.apiKey })),
  makeCalendarLink: on("nothing", everybody, () => ({})),
  removeCalendarLink: on("nothing", everybody, () => ({})),
  reportTurnout: atEvent([...reporters, "peacekeeper"], { count: 5 }),
  reportTurnoutByLink: on("nothing", anybody, (s) => ({ token: s.turnoutToken, count: 5 })),
  createTurnoutLink: atEvent(coordinators, { label: "North gate" }),
  revokeTurnoutLink: on("turnoutLink", coordinators, (s) => ({ linkId: s.turnoutLink })),
  correctTurnoutReport: ofReport(["reporter"], { count: 6 }),
  retractTurnoutReport: ofReport(["reporter"]),
  acceptTurnoutReport: ofReport(coordinators, { reason }),
  rejectTurnoutReport: ofReport(coordinators, { reason }),
  doubtTurnoutReport: ofReport(coordinators, { reason }),
  closeTurnout: atEvent(managers, { count: 5 }),
  certifyTurnout: atEvent(["staff"]),
  reopenTurnout: atEvent(managers, { reason }),
  createWebhook: on("nothing", everybody, (s) => ({
    name: "Map",
    url: "http://127.0.0.1:9/",
    document: `subscription { eventChanged(campaignId: "${s.campaign}") { kind } }`,
  })),
  updateWebhook: ofWebhook({ name: "Wall" }),
  pauseWebhook: ofWebhook(),
  resumeWebhook: ofWebhook(),
  rotateWebhookSecret: ofWebhook(),
  testWebhook: ofWebhook(),
  deleteWebhook: ofWebhook(),
  redeliverWebhookDelivery: on("webhook", ["peacekeeper"], (s) => ({ deliveryId: s.webhookDelivery })),
};
