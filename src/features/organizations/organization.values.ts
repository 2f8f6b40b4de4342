import { registerEnumType } from "type-graphql";

/** What sort of organization it is. */
export enum OrganizationKind {
  UNION = "UNION",
  FEDERATION = "FEDERATION",
  CONGREGATION = "CONGREGATION",
  COMMUNITY_GROUP = "COMMUNITY_GROUP",
  STUDENT_GROUP = "STUDENT_GROUP",
  WORKER_CENTER = "WORKER_CENTER",
  BUSINESS = "BUSINESS",
  COALITION = "COALITION",
  POLITICAL_GROUP = "POLITICAL_GROUP",
  OTHER = "OTHER",
}
registerEnumType(OrganizationKind, { name: "OrganizationKind", description: "What sort of organization it is." });

/** Who sees an organization. */
export enum OrganizationStatus {
  LISTED = "LISTED",
  IN_REVIEW = "IN_REVIEW",
  REJECTED = "REJECTED",
}
registerEnumType(OrganizationStatus, {
  name: "OrganizationStatus",
  description: "Who sees an organization.",
  valuesConfig: {
    LISTED: { description: "Everybody." },
    IN_REVIEW: { description: "Its members and the site's staff: its name looks like another's, staff decide." },
    REJECTED: {
      description: "Its members and the site's staff; `reviewReason` says why. An edit asks for review again.",
    },
  },
});

/** What a person may do for an organization. */
export enum MembershipRole {
  OWNER = "OWNER",
  ADMIN = "ADMIN",
  MEMBER = "MEMBER",
}
registerEnumType(MembershipRole, {
  name: "MembershipRole",
  description: "What a person may do for an organization.",
  valuesConfig: {
    OWNER: { description: "What admins may, and says who belongs to it; there is always one." },
    ADMIN: { description: "Acts in its name, edits it, invites and removes members." },
    MEMBER: { description: "Belongs to it, and sees what only its members see." },
  },
});

/** Where a local's wish to belong to a parent stands. */
export enum ParentStatus {
  PENDING = "PENDING",
  ACCEPTED = "ACCEPTED",
}
