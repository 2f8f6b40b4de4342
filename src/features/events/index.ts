export { eventRemovedTopic, eventTopic, listedEvents, unlistedEvents } from "./event.changes.js";
export { EventHost } from "./event.host.js";
export { Event } from "./event.js";
export { EarlierTimes, EventFollow, EventRoleAssignment, EventVersion } from "./event.records.js";
export {
  canCoordinate,
  canLead,
  canManage,
  canReport,
  canSee,
  isConcerned,
  isPublic,
  isPublicEvent,
  isStaff,
  concerned,
  listed,
  managed,
  visible,
  type EventFacts,
} from "./event.policy.js";
export { follow, unfollow } from "./event.follow.js";
export { lockEvent, type LockedEvent, lockRow } from "./event.lock.js";
export { eventShape } from "./event.shape.js";
export { onMerge } from "./record.service.js";
export { spanOf } from "./event.times.js";
export * from "./event.values.js";
