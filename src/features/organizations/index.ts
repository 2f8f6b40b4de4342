export { Membership, MembershipRole, Organization, OrganizationConnection, OrganizationKind } from "./organization.js";
export { organizationShape } from "./organization.shape.js";
