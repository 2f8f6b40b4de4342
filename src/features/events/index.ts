export { eventRemovedTopic, eventTopic, listedEvents, unlistedEvents } from "./event.changes.js";
export { EventHost } from "./event.host.js";
export { blankEvent } from "./event.blank.js";
export { Event } from "./event.js";
export { insertEvent } from "./event.write.js";
export { EarlierTimes, EventFollow, EventReminder, EventRoleAssignment, EventVersion } from "./event.records.js";
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
export {
  type EventAnswer,
  lockEvent,
  lockEventOf,
  type LockedEvent,
  lockRow,
  type OfEvent,
  withEvent,
} from "./event.lock.js";
export { reminders } from "./reminder.service.js";
export { onMerge } from "./record.service.js";
export { eventShape, seesPlace } from "./event.shape.js";
export { tellFollowers } from "./event.followers.js";
export { eventInWords, timesInWords } from "./event.words.js";
export { spanOf } from "./event.times.js";
export * from "./event.values.js";
