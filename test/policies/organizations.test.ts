import { canDispose, canSee, isLess, roleOf } from "../../src/features/organizations/organization.policy.js";
import { MembershipRole, OrganizationStatus } from "../../src/features/organizations/organization.values.js";
import type { Viewer } from "../../src/platform/context.js";

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
const member: Viewer = { ...nobody, memberOf: ["union"] };
const admin: Viewer = { ...member, adminOf: ["union"] };
const owner: Viewer = { ...admin, ownerOf: ["union"] };
const { OWNER, ADMIN, MEMBER } = MembershipRole;

test("shows what is not listed to its members and the site's staff only", () => {
  for (const status of Object.values(OrganizationStatus)) {
    const sees = (viewer: Viewer | null): boolean => canSee(viewer, { id: "union", status });
    for (const viewer of [member, admin, owner, { ...nobody, siteStaff: true }]) expect(sees(viewer)).toBe(true);
    for (const viewer of [null, nobody, { ...nobody, memberOf: ["other"] }, { ...nobody, staffOf: ["union"] }])
      expect(sees(viewer)).toBe(status === OrganizationStatus.LISTED);
  }
});

test("knows the one role that counts", () => {
  expect([owner, admin, member, nobody].map((viewer) => roleOf(viewer, "union"))).toEqual([OWNER, ADMIN, MEMBER, null]);
});

test.each([
  //               OWNER  ADMIN  MEMBER
  [OWNER, /*   */ [true, true, true]],
  [ADMIN, /*   */ [false, false, true]],
  [MEMBER, /*  */ [false, false, false]],
  [null, /*    */ [false, false, false]],
])("lets one with the role %s dispose of owners, admins and members", (own, verdicts) => {
  expect([OWNER, ADMIN, MEMBER].map((of) => canDispose(own, of))).toEqual(verdicts);
});

test("takes a change to a lower role only for a loss of rights", () => {
  expect([isLess(ADMIN, OWNER), isLess(MEMBER, ADMIN), isLess(OWNER, ADMIN), isLess(ADMIN, ADMIN)]).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
