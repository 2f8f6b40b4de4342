import { admins, anybody, concerned, everybody, managers, members, type Role } from "./people.js";
import { type Evidence, place } from "./evidence.js";

/** Fields that whoever sees the object sees, by its type: which objects those are is said of nodes and of root fields. */
const open: Record<string, string> = {
  Announcement: "event id postedAt subject text",
  AuditEntry: "action actor actorIsYou at fields subjectId subjectType",
  Campaign:
    "callToAction demands description endorsements endsOn formerEndorsements id organizers pledges reviewPolicy slug startsOn status title turnout version",
  CampaignStaffMember: "email personId",
  Change: "id kind node position topic",
  Changes: "changes hasMore position resync",
  City: "country id latitude longitude name population region slug timeZone turnout",
  CityPledges: "city count",
  Coverage: "addedAt event id kind publisher status title url",
  Demand: "id rank text",
  EarlierTimes: "endsAt replacedAt startsAt startsOn timeZone",
  Endorsement: "campaign endorsedOn id organization status",
  EndorsementStep: "at party status",
  Event:
    "accessibility accessibilityNotes announcements campaign city createdAt description earlierTimes endsAt exactAfterRsvp id languages location occurrence occurrenceReason onlineUrl permitStatus phase review series shifts startsAt startsOn timeZone title turnout type updatedAt version viewerFollows visibility whatToBring",
  EventContact: "email isPublic name phone",
  EventHost: "invitedAt organization role status",
  EventImport:
    "accepted campaign createdAt done dryRun failure finishedAt format id problems publish rejected rows status unchanged",
  EventRsvp: "guests name since status",
  ImportProblem: "field id line reason",
  Invitation: "createdAt expiresAt id kind role subject",
  Location: "country precision publicPrecision region",
  Organization: "description endorsements events id kind locals name parent slug status verified version website",
  OrganizationMember: "email personId role since",
  PageInfo: "endCursor hasNextPage hasPreviousPage startCursor",
  Pledges: "cities total",
  Query:
    "campaign campaigns changes cities city event events node nodes organization organizations position removedEvent",
  RemovedEvent: "id mergedInto removedAt removedReason",
  ReviewItem: "event heldBy heldSince id unreviewedFields waitingSince",
  Rsvp: "event guests id showName since status",
  RsvpCounts: "going limit waiting",
  Shift: "capacity endsAt event id minimum role staffing startsAt taken",
  ShiftSignup: "claimedAt id releasedAt shift status",
  Turnout: "high low observedAt peakHigh peakLow reporting reports scheduled",
  TurnoutReport: "event high id low method observedAt receivedAt source words",
  Viewer: "email events organizations",
};

/** Answers of mutations, to whoever may call them, and messages of subscriptions: what they hold is read as by any other way. */
const answers: Record<string, string> = {
  AcceptInvitationPayload: "subject",
  AnnouncePayload: "announcement",
  AnnouncementPostedMessage: "announcement announcementId kind position",
  CampaignChangedMessage: "campaign kind position",
  CampaignPayload: "campaign",
  CampaignStaffPayload: "campaign",
  CoveragePayload: "coverage",
  DemandPayload: "campaign demand",
  EndedCoHostingPayload: "event",
  EndedInvitationPayload: "invitationId",
  EndorsementPayload: "endorsement",
  EventChangedMessage: "event eventId kind position",
  EventPayload: "event",
  EventsPayload: "events",
  ImportChangedMessage: "import kind position",
  InviteCampaignStaffPayload: "invitation",
  InviteMemberPayload: "invitation",
  LeaveOrganizationPayload: "organization",
  OpenShiftPayload: "shift",
  OrganizationPayload: "organization",
  ParentPayload: "organization parent",
  RemovedAnnouncementPayload: "removedId",
  RemovedCoveragePayload: "removedId",
  RemovedEventPayload: "removedId",
  ReportTurnoutPayload: "event report",
  RequestSignInCodePayload: "expiresInSeconds",
  ReviewQueueMessage: "eventId item kind position",
  RsvpPayload: "event rsvp status",
  RsvpsChangedMessage: "event kind position",
  SetRsvpLimitPayload: "event",
  ShiftChangedMessage: "kind position shift",
  ShiftSignupPayload: "shift signup",
  SignInPayload: "token viewer",
  SignOutPayload: "signedOut",
  StartImportPayload: "import uploadUrl",
  TurnoutChangedMessage: "event kind position turnout",
};

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
  ...ofEvent([...concerned, "attendee"], `location { ${field} }`),
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
  "Campaign.trustedOrganizations": ofNode(["staff"], "campaign", "Campaign", `trustedOrganizations ${page}`),
  "Endorsement.history": {
    ...ofNode([...admins, "staff"], "endorsement", "Endorsement", "history { status }"),
    shows: "INVITED",
  },
  "Event.coverage": {
    ...ofEvent([...managers, "suggester"], "coverage { nodes { status } }"),
    shows: "SUGGESTED",
  },
  "Event.hosts": { ...ofEvent(concerned, "hosts { status }"), shows: "INVITED" },
  "Event.likelyDuplicates": ofEvent(concerned, "likelyDuplicates { id }"),
  "Event.reviewNote": ofEvent(concerned, "reviewNote"),
  "Event.rsvps": ofEvent(managers, "rsvps { going }"),
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
  "Organization.endorsementInvitations": ofNode(admins, "second", "Organization", `endorsementInvitations ${page}`),
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
  "Query.eventContact": root(managers, (s) => `{ eventContact(eventId: "${s.event}") { phone } }`),
  "Query.eventImport": root(["staff"], (s) => `{ eventImport(id: "${s.import}") { id } }`),
  "Query.eventRsvps": root(managers, (s) => `{ eventRsvps(eventId: "${s.event}") { nodes { since } } }`),
  "Query.organizationMembers": root(
    [...admins, "siteStaff"],
    (s) => `{ organizationMembers(organizationId: "${s.organization}") { nodes { email } } }`,
  ),
  "Query.organizationsInReview": root(["siteStaff"], () => `{ organizationsInReview { nodes { id } } }`),
  "Query.reviewQueue": root(["staff"], (s) => `{ reviewQueue(campaignId: "${s.campaign}") { nodes { id } } }`),
  "Query.viewer": root(everybody, () => "{ viewer { email } }"),
  "Shift.viewerSignup": ofNode(["stranger"], "shift", "Shift", "viewerSignup { id }"),
  "Viewer.campaigns": root(["staff", "otherStaff"], () => "{ viewer { campaigns { nodes { id } } } }"),
  "Viewer.invitations": root(["invitee"], () => "{ viewer { invitations { id } } }"),
  "Viewer.rsvps": root(["attendee"], () => "{ viewer { rsvps { nodes { id } } } }"),
  "Viewer.signups": root(["stranger"], () => "{ viewer { signups { nodes { id } } } }"),
};

/** Who is refused a subscription; the others are told what they may read. */
export const subscriptionPolicies: Record<string, readonly Role[]> = {
  announcementPosted: anybody,
  campaignChanged: anybody,
  eventChanged: anybody,
  importChanged: everybody,
  reviewQueueChanged: ["staff"],
  rsvpsChanged: everybody,
  shiftChanged: anybody,
  turnoutChanged: anybody,
};

const keysOf = (types: Record<string, string>): string[] =>
  Object.entries(types).flatMap(([type, fields]) => fields.split(" ").map((field) => `${type}.${field}`));

/** Every field that has a policy. */
export const fieldsWithPolicy: string[] = [
  ...keysOf(open),
  ...keysOf(answers),
  ...Object.keys(fieldPolicies),
  ...Object.keys(subscriptionPolicies).map((name) => `Subscription.${name}`),
];
