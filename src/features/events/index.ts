import "./event.personal.js";
import "./reminder.service.js";

export { eventRemovedTopic, eventTopic, listedEvents, unlistedEvents } from "./event.changes.js";
export { coordinatorsOf } from "./event.coordinators.js";
export { EventHost } from "./event.host.js";
export { blankEvent } from "./event.blank.js";
export { Event, type EventRow } from "./event.js";
export { insertEvent, onInsert, onWrite } from "./event.write.js";
export { EarlierTimes, EventFollow, EventReminder, EventRoleAssignment, EventVersion } from "./event.records.js";
export {
  canCoordinate,
  canLead,
  canManage,
  canReport,
  canSee,
  isConcerned,
  isOn,
  isPublic,
  isPublicEvent,
  isStaff,
  concerned,
  coordinated,
  listed,
  managed,
  ofVisibleEvent,
  takesPlace,
  visible,
  type EventFacts,
} from "./event.policy.js";
export { follow, unfollow } from "./event.follow.js";
export {
  type EventAnswer,
  findRow,
  lockEvent,
  lockEventBehind,
  lockEventOf,
  type LockedEvent,
  withEvent,
} from "./event.lock.js";
export { seenBy, shareEvents, type SharedEvent } from "./event.share.js";
export { onMerge } from "./record.service.js";
export { eventShape } from "./event.shape.js";
export { letterEndings, tellFollowers, toFollower } from "./event.followers.js";
export { mayHear } from "./notice.letters.js";
export { knownOf, presentInWords } from "./event.facts.js";
export { publicPlace } from "./event.place.js";
export { shownHosts } from "./event.edges.js";
export { placeColumns, placeTable, seesPlace } from "./location.shape.js";
export { titleOf } from "./event.details.js";
export { DraftEventInput } from "./event.inputs.js";
export { newEvent } from "./event.new.js";
export { spanOf, timesOf } from "./event.times.js";
export * from "./event.values.js";
export { insertEvents, type NewEvent } from "./event.write.js";
