import type { Viewer } from "../../src/platform/context.js";
import {
  canCoordinate,
  canManage,
  canReport,
  canSee,
  type EventFacts,
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
  createdBy: "host",
  hostIds: ["union"],
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
  creator: { ...nobody, personId: "host" },
  admin: { ...nobody, adminOf: ["union"], memberOf: ["union"] },
  staff: { ...nobody, staffOf: ["campaign"] },
};

test.each([
  //                                 staff  manage coordinate report concerned
  ["stranger", /*                 */ false, false, false, false, false],
  ["staff of another campaign", /**/ false, false, false, false, false],
  ["admin of another organization", false, false, false, false, false],
  ["coordinator of another event", false, false, false, false, false],
  ["member", /*                   */ false, false, false, false, true],
  ["reporter", /*                 */ false, false, false, true, true],
  ["coordinator", /*              */ false, false, true, true, true],
  ["creator", /*                  */ false, true, true, true, true],
  ["admin", /*                    */ false, true, true, true, true],
  ["staff", /*                    */ true, true, true, true, true],
])("knows what a %s may do", (name, staff, manage, coordinate, report, concerned) => {
  const viewer = viewers[name]!;
  expect([isStaff, canManage, canCoordinate, canReport, isConcerned].map((policy) => policy(viewer, event))).toEqual([
    staff,
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
      const facts = { ...event, review, visibility };
      expect(canSee(null, facts)).toBe(open);
      expect(canSee(viewers["stranger"]!, facts)).toBe(open);
      expect(canSee(viewers["member"]!, facts)).toBe(true);
    }
});
