export { eventRemovedTopic, eventTopic, listedEvents, unlistedEvents } from "./event.changes.js";
export { insertLead } from "./draft.service.js";
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
export { DraftEventInput } from "./event.inputs.js";
export { lockEvent, type LockedEvent } from "./event.lock.js";
export { newEvent } from "./event.new.js";
export { eventShape } from "./event.shape.js";
export { spanOf, timesOf } from "./event.times.js";
export * from "./event.values.js";
export { insertEvents, type NewEvent } from "./event.write.js";
