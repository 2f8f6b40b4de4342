export { eventTopic, listedEvents } from "./event.changes.js";
export { Event, EventHost, EventRoleAssignment } from "./event.js";
export {
  canCoordinate,
  canManage,
  canReport,
  canSee,
  isConcerned,
  isPublic,
  isStaff,
  concerned,
  listed,
  visible,
  type EventFacts,
} from "./event.policy.js";
export { lockEvent } from "./event.service.js";
export { eventShape } from "./event.shape.js";
export { spanOf } from "./event.times.js";
export * from "./event.values.js";
