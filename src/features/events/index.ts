import "./event.personal.js";
import "./reminder.service.js";

export { eventChanged, eventRemovedTopic, eventTopic, eventWithdrawnTopic } from "./event.changes.js";
export { foundEventShape, type ToldEvent, toldEvents } from "./event.told.js";
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
export { eventFilter } from "./event.filter.js";
export { costOfFilter } from "./filter.cost.js";
export { checkEvents, checkFilter } from "./filter.check.js";
export { BoundingBox, EventFilter, NearPoint } from "./filter.inputs.js";
export { RemovedEvent } from "./review.js";
export { eventShape, identifiersOf } from "./event.shape.js";
export { letterEndings, tellFollowers, toFollower } from "./event.followers.js";
export { mayHear } from "./notice.letters.js";
export { knownOf, presentInWords } from "./event.facts.js";
export { publicPlace } from "./event.place.js";
export { shownHosts } from "./host.policy.js";
export { placeColumns, placeTable, seesPlace } from "./location.shape.js";
export { DraftEventInput } from "./event.inputs.js";
export { newEvent } from "./event.new.js";
export { spanOf, timesOf } from "./event.times.js";
export { timesInWords } from "./event.words.js";
export * from "./event.values.js";
export { insertEvents, type NewEvent } from "./event.write.js";
export { EventIdentifier, identifierPattern } from "./identifier.js";
export { insertIdentifiers } from "./identifier.service.js";
