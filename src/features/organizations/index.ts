import "./membership.personal.js";

export { adminsOf } from "./membership.admins.js";
export { Membership } from "./membership.js";
export { Organization, OrganizationConnection } from "./organization.js";
export { listedOrganizations, organizationHiddenTopic, organizationTopic } from "./organization.changes.js";
export { insertOrganization } from "./organization.insert.js";
export {
  canManage as canManageOrganization,
  canSee as canSeeOrganization,
  manages,
  visible as organizationVisible,
} from "./organization.policy.js";
export { lockOrganization, organizationOf } from "./organization.service.js";
export { organizationShape } from "./organization.shape.js";
export { MembershipRole, OrganizationKind, OrganizationStatus } from "./organization.values.js";
