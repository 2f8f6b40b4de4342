import { admins, anybody, concerned, coordinators, everybody, managers, members, type Role } from "./people.js";
import { answers } from "./answers.js";
import { type Evidence, place } from "./evidence.js";
import { open } from "./open.js";

/** Who gets a value where the object itself is public, and how it is asked for. */
export interface FieldPolicy {
  sees: readonly Role[];
  ask: (s: Evidence) => string;
  /** What an answer that has the value holds, where one without it isn't empty. */
  shows?: string;
}

const ofEvent = (sees: readonly Role[], selection: string): FieldPolicy => ({
  sees,
  ask: (s) => `{ event(id: "${s.event}") { ${selection} } }`,
});
const ofPlace = (field: keyof typeof place): FieldPolicy => ({
  ...ofEvent([...concerned, "attendee", "peacekeeper"], `location { ${field} }`),
  shows: JSON.stringify(place[field]),
});
const ofNode = (sees: readonly Role[], of: keyof Evidence, type: string, selection: string): FieldPolicy => ({
  sees,
  ask: (s) => `{ node(id: "${s[of]}") { ... on ${type} { ${selection} } } }`,
});
const root = (sees: readonly Role[], ask: FieldPolicy["ask"]): FieldPolicy => ({ sees, ask });
const page = "{ nodes { __typename } }";

/** Every other field: values for some of those who see the object. */
export const fieldPolicies: Record<string, FieldPolicy> = {
  "Campaign.endorsementInvitations": ofNode(["staff"], "campaign", "Campaign", `endorsementInvitations ${page}`),
  "Campaign.imports": ofNode(["staff"], "campaign", "Campaign", `imports ${page}`),
  "Campaign.staffing": ofNode(["staff"], "campaign", "Campaign", "staffing { needed }"),
  "Campaign.staffingByCity": ofNode(["staff"], "campaign", "Campaign", `staffingByCity ${page}`),
  "Campaign.staffingByEvent": ofNode(["staff"], "campaign", "Campaign", `staffingByEvent ${page}`),
  "Campaign.trustedOrganizations": ofNode(["staff"], "campaign", "Campaign", `trustedOrganizations ${page}`),
  "Campaign.turnoutMissing": ofNode(["staff"], "campaign", "Campaign", `turnoutMissing ${page}`),
  "Campaign.turnoutQueue": ofNode(["staff"], "campaign", "Campaign", `turnoutQueue ${page}`),
  "Campaign.turnoutReporters": ofNode(["staff"], "campaign", "Campaign", `turnoutReporters ${page}`),
  "Endorsement.history": {
    ...ofNode([...admins, "staff"], "endorsement", "Endorsement", "history { status }"),
    shows: "INVITED",
  },
  "Event.coverage": {
    ...ofEvent([...managers, "suggester"], "coverage { nodes { status } }"),
    shows: "SUGGESTED",
  },
  "Event.duty": ofEvent(coordinators, "duty { onDuty }"),
  "Event.dispatches": ofEvent(coordinators, `dispatches ${page}`),
  "Event.hosts": { ...ofEvent(concerned, "hosts { status }"), shows: "INVITED" },
  "Event.likelyDuplicates": ofEvent(concerned, "likelyDuplicates { id }"),
  "Event.peacekeeperMessages": ofEvent([...coordinators, "peacekeeper"], "peacekeeperMessages { nodes { id } }"),
  "Event.reviewNote": ofEvent(concerned, "reviewNote"),
  "Event.rsvps": ofEvent(managers, "rsvps { going }"),
  "Event.staffing": ofEvent(coordinators, "staffing { needed }"),
  "Event.staffingTarget": ofEvent(coordinators, "staffingTarget { ratio }"),
  "Event.turnoutLinks": ofEvent(coordinators, `turnoutLinks ${page}`),
  "Event.turnoutQueue": ofEvent(coordinators, `turnoutQueue ${page}`),
  "Event.turnoutReports": ofEvent(concerned, `turnoutReports ${page}`),
  "Event.turnoutSteps": ofEvent(concerned, "turnoutSteps { at }"),
  "Event.viewerRsvp": ofEvent(["attendee"], "viewerRsvp { id }"),
  "Location.accuracyMeters": ofPlace("accuracyMeters"),
  "Location.addressLines": ofPlace("addressLines"),
  "Location.latitude": ofPlace("latitude"),
  "Location.locality": ofPlace("locality"),
  "Location.longitude": ofPlace("longitude"),
  "Location.marchRoute": ofPlace("marchRoute"),
  "Location.postalCode": ofPlace("postalCode"),
  "Location.venue": ofPlace("venue"),
  // The cell is what the others are told instead.
  "Location.cell": root(
    anybody.filter((role) => !(concerned as readonly Role[]).includes(role)),
    (s) => `{ event(id: "${s.twin}") { location { cell } } }`,
  ),
  "Organization.coHostInvitations": ofNode(["invitedAdmin"], "invited", "Organization", `coHostInvitations ${page}`),
  "Organization.dispatches": ofNode(coordinators, "organization", "Organization", `dispatches ${page}`),
  "Organization.endorsementInvitations": ofNode(admins, "second", "Organization", `endorsementInvitations ${page}`),
  "Organization.peacekeeperHours": ofNode(admins, "organization", "Organization", "peacekeeperHours { people }"),
  "Organization.pendingLocals": ofNode(
    [...admins, "otherAdmin", "otherOwner"],
    "other",
    "Organization",
    `pendingLocals ${page}`,
  ),
  "Organization.pendingParent": ofNode(
    [...admins, "otherAdmin", "otherOwner"],
    "organization",
    "Organization",
    "pendingParent { id }",
  ),
  "Organization.reviewReason": ofNode([...members, "siteStaff"], "rejected", "Organization", "reviewReason"),
  "Organization.viewerRole": ofNode(members, "organization", "Organization", "viewerRole"),
  "Query.auditTrail": root([...managers, "siteStaff"], (s) => `{ auditTrail(of: "${s.event}") { nodes { action } } }`),
  "Query.campaignStaff": root(["staff"], (s) => `{ campaignStaff(campaignId: "${s.campaign}") { email } }`),
  "Query.checkInCode": root(coordinators, (s) => `{ checkInCode(eventId: "${s.event}") { code } }`),
  "Query.duty": root(coordinators, (s) => `{ duty(eventId: "${s.event}") { nodes { state } } }`),
  "Query.dispatchNames": root(admins, (s) => `{ dispatchNames(dispatchId: "${s.dispatch}") { nodes { email } } }`),
  "Query.eventContact": root(managers, (s) => `{ eventContact(eventId: "${s.event}") { phone } }`),
  "Query.eventImport": root(["staff"], (s) => `{ eventImport(id: "${s.import}") { id } }`),
  "Query.eventRoster": root(coordinators, (s) => `{ eventRoster(eventId: "${s.event}") { csv } }`),
  "Query.eventRsvps": root(managers, (s) => `{ eventRsvps(eventId: "${s.event}") { nodes { since } } }`),
  "Query.exportMyData": root(everybody, () => "{ exportMyData { json } }"),
  "Query.organizationMembers": root(
    [...admins, "siteStaff"],
    (s) => `{ organizationMembers(organizationId: "${s.organization}") { nodes { email } } }`,
  ),
  "Query.organizationQualifications": root(
    admins,
    (s) => `{ organizationQualifications(organizationId: "${s.organization}") { nodes { qualification { id } } } }`,
  ),
  "Query.organizationsInReview": root(["siteStaff"], () => `{ organizationsInReview { nodes { id } } }`),
  "Query.peacekeeperContact": root(coordinators, (s) => `{ peacekeeperContact(signupId: "${s.held}") { name phone } }`),
  "Query.qualificationRequests": root(
    admins,
    (s) => `{ qualificationRequests(organizationId: "${s.organization}") { nodes { qualification { id } } } }`,
  ),
  "Query.reviewQueue": root(["staff"], (s) => `{ reviewQueue(campaignId: "${s.campaign}") { nodes { id } } }`),
  "Query.trainingAttendees": root(
    coordinators,
    (s) => `{ trainingAttendees(eventId: "${s.event}") { nodes { rsvpId } } }`,
  ),
  "Query.viewer": root(everybody, () => "{ viewer { email } }"),
  "Shift.templateRunId": ofNode(coordinators, "shift", "Shift", "templateRunId"),
  "Shift.attendance": ofNode(coordinators, "shift", "Shift", "attendance { completed }"),
  "Shift.checkInPoint": ofNode([...coordinators, "peacekeeper"], "shift", "Shift", "checkInPoint"),
  "Shift.instructions": ofNode([...coordinators, "peacekeeper"], "shift", "Shift", "instructions"),
  "Shift.callOuts": ofNode(coordinators, "callOut", "CallOut", "shift { callOuts { nodes { id } } }"),
  "Viewer.coverRequests": root(["peacekeeper"], () => "{ viewer { coverRequests { nodes { id } } } }"),
  "Shift.swaps": {
    ...ofNode(coordinators, "swap", "ShiftSwap", "shift { swaps { nodes { id } } }"),
    shows: "shift_swap_",
  },
  "ShiftSwap.giver": ofNode([...coordinators, "peacekeeper"], "swap", "ShiftSwap", "giver { id }"),
  "ShiftSwap.taker": ofNode([...coordinators, "newcomer"], "swap", "ShiftSwap", "taker { id }"),
  "Viewer.swaps": root(["newcomer", "peacekeeper"], () => "{ viewer { swaps { nodes { id } } } }"),
  "Shift.signups": ofNode(coordinators, "shift", "Shift", "signups { nodes { id } }"),
  "Shift.viewerSignup": ofNode(["newcomer", "peacekeeper"], "shift", "Shift", "viewerSignup { id }"),
  ...Object.fromEntries(
    ["flagged", "latestReportAt", "quarantineReason", "quarantinedAt", "rejected", "reports"].map((field) => [
      `TurnoutReporter.${field}`,
      ofNode(["staff"], "turnoutReporter", "TurnoutReporter", field),
    ]),
  ),
  "TurnoutReport.reporter": ofNode(coordinators, "report", "TurnoutReport", "reporter { id }"),
  "Viewer.apiKeys": root(["peacekeeper"], () => "{ viewer { apiKeys { nodes { id } } } }"),
  "Viewer.calendarLink": root(["peacekeeper"], () => "{ viewer { calendarLink { madeAt } } }"),
  "Viewer.campaigns": root(["staff", "otherStaff"], () => "{ viewer { campaigns { nodes { id } } } }"),
  "Viewer.contactShowings": root(["peacekeeper"], () => "{ viewer { contactShowings { nodes { at } } } }"),
  "Viewer.invitations": root(["invitee"], () => "{ viewer { invitations { id } } }"),
  "Viewer.qualifications": root(["attendee"], () => "{ viewer { qualifications { nodes { id } } } }"),
  "Viewer.rsvps": root(["attendee"], () => "{ viewer { rsvps { nodes { id } } } }"),
  "Viewer.signups": root(["newcomer", "peacekeeper"], () => "{ viewer { signups { nodes { id } } } }"),
  "Viewer.webhooks": root(["peacekeeper"], () => "{ viewer { webhooks { nodes { id } } } }"),
  "Viewer.turnoutReports": root(["reporter", "staff"], () => "{ viewer { turnoutReports { nodes { id } } } }"),
};

/** Who is refused a subscription; the others are told what they may read. */
export const subscriptionPolicies: Record<string, readonly Role[]> = {
  announcementPosted: anybody,
  campaignChanged: anybody,
  coverageChanged: ["staff"],
  eventChanged: anybody,
  importChanged: everybody,
  reportReceived: everybody,
  reviewQueueChanged: ["staff"],
  rsvpsChanged: everybody,
  shiftChanged: anybody,
  turnoutChanged: anybody,
};

/** The same where it depends on what is followed. */
export const subscriptionPoliciesBy: Record<string, readonly Role[]> = { "reportReceived campaignId": ["staff"] };

const keysOf = (types: Record<string, string>): string[] =>
  Object.entries(types).flatMap(([type, fields]) => fields.split(" ").map((field) => `${type}.${field}`));

/** Every field that has a policy. */
export const fieldsWithPolicy: string[] = [
  ...keysOf(open),
  ...keysOf(answers),
  ...Object.keys(fieldPolicies),
  ...Object.keys(subscriptionPolicies).map((name) => `Subscription.${name}`),
];
