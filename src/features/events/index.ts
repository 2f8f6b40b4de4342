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
  visible,
  type EventFacts,
} from "./event.policy.js";
export { lockEvent, type LockedEvent } from "./event.lock.js";
export { eventShape } from "./event.shape.js";
export { publicPlace } from "./event.place.js";
export { seesPlace } from "./location.shape.js";
export { titleOf } from "./event.details.js";
export { spanOf } from "./event.times.js";
export * from "./event.values.js";
