export { Membership, MembershipRole, Organization, OrganizationKind } from "./organization.js";
export { organizationShape } from "./organization.shape.js";
