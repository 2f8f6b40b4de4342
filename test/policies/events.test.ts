import type { Viewer } from "../../src/platform/context.js";
import {
  canCoordinate,
  canLead,
  canManage,
  canReport,
  canSee,
  type EventFacts,
  EventRecord,
  isConcerned,
  isStaff,
  ReviewStatus,
  Visibility,
} from "../../src/features/events/index.js";

const nobody: Viewer = {
  personId: "me",
  sessionId: "session",
  expiresAt: new Date(),
  siteStaff: false,
  staffOf: [],
  ownerOf: [],
  adminOf: [],
  memberOf: [],
  coordinates: [],
  reportsFor: [],
};
const event: EventFacts = {
  id: "event",
  campaignId: "campaign",
  createdBy: "creator",
  leadId: "union",
  hostIds: ["union", "church"],
  invitedIds: ["school"],
  record: EventRecord.LIVE,
  review: ReviewStatus.DRAFT,
  visibility: Visibility.PUBLIC,
};

const viewers: Record<string, Viewer> = {
  stranger: nobody,
  "staff of another campaign": { ...nobody, staffOf: ["other"] },
  "admin of another organization": { ...nobody, adminOf: ["other"], memberOf: ["other"] },
  "coordinator of another event": { ...nobody, coordinates: ["other"], reportsFor: ["other"] },
  member: { ...nobody, memberOf: ["union"] },
  reporter: { ...nobody, reportsFor: ["event"] },
  coordinator: { ...nobody, coordinates: ["event"] },
  creator: { ...nobody, personId: "creator", memberOf: ["union"] },
  "creator who left the lead": { ...nobody, personId: "creator" },
  "admin of a co-host": { ...nobody, adminOf: ["church"], memberOf: ["church"] },
  "admin of an invited host": { ...nobody, adminOf: ["school"], memberOf: ["school"] },
  "member of an invited host": { ...nobody, memberOf: ["school"] },
  admin: { ...nobody, adminOf: ["union"], memberOf: ["union"] },
  staff: { ...nobody, staffOf: ["campaign"] },
};

// prettier-ignore
test.each([
  //                                staff  lead   manage coordinate report concerned
  ["stranger",                      false, false, false, false, false, false],
  ["staff of another campaign",     false, false, false, false, false, false],
  ["admin of another organization", false, false, false, false, false, false],
  ["coordinator of another event",  false, false, false, false, false, false],
  ["creator who left the lead",     false, false, false, false, false, false],
  ["member of an invited host",     false, false, false, false, false, false],
  ["admin of an invited host",      false, false, false, false, false,  true],
  ["member",                        false, false, false, false, false,  true],
  ["reporter",                      false, false, false, false,  true,  true],
  ["coordinator",                   false, false, false,  true,  true,  true],
  ["admin of a co-host",            false, false,  true,  true,  true,  true],
  ["creator",                       false,  true,  true,  true,  true,  true],
  ["admin",                         false,  true,  true,  true,  true,  true],
  ["staff",                          true,  true,  true,  true,  true,  true],
])("knows what a %s may do", (name, staff, lead, manage, coordinate, report, concerned) => {
  const viewer = viewers[name]!;
  expect([isStaff, canLead, canManage, canCoordinate, canReport, isConcerned].map((policy) => policy(viewer, event))).toEqual([
    staff,
    lead,
    manage,
    coordinate,
    report,
    concerned,
  ]);
});

test("lets nobody be staff of an event without a campaign", () => {
  expect(isStaff({ ...nobody, staffOf: ["campaign"] }, { ...event, campaignId: null })).toBe(false);
});

test("opens an approved event that is not private to everybody, any other to those concerned only", () => {
  for (const review of Object.values(ReviewStatus))
    for (const visibility of Object.values(Visibility)) {
      const open = review === ReviewStatus.APPROVED && visibility !== Visibility.PRIVATE;
      for (const record of [EventRecord.DELETED, EventRecord.MERGED])
        for (const viewer of [null, ...Object.values(viewers)])
          expect(canSee(viewer, { ...event, review, visibility, record })).toBe(false);
      const facts = { ...event, review, visibility };
      expect(canSee(null, facts)).toBe(open);
      expect(canSee(viewers["stranger"]!, facts)).toBe(open);
      expect(canSee(viewers["member"]!, facts)).toBe(true);
    }
});
