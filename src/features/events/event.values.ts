import { registerEnumType } from "type-graphql";

export enum EventType {
  RALLY = "RALLY",
  MARCH = "MARCH",
  VIGIL = "VIGIL",
  DEMONSTRATION = "DEMONSTRATION",
  PICKET = "PICKET",
  WALKOUT = "WALKOUT",
  SIT_IN = "SIT_IN",
  CARAVAN = "CARAVAN",
  VISIBILITY_EVENT = "VISIBILITY_EVENT",
  TRAINING = "TRAINING",
  TEACH_IN = "TEACH_IN",
  ASSEMBLY = "ASSEMBLY",
  MEETING = "MEETING",
  PRESS_CONFERENCE = "PRESS_CONFERENCE",
  MUTUAL_AID = "MUTUAL_AID",
  OTHER = "OTHER",
}
registerEnumType(EventType, { name: "EventType", description: "What sort of gathering it is." });

export enum AccessibilityStatus {
  ACCESSIBLE = "ACCESSIBLE",
  NOT_ACCESSIBLE = "NOT_ACCESSIBLE",
  NOT_SURE = "NOT_SURE",
}
registerEnumType(AccessibilityStatus, {
  name: "AccessibilityStatus",
  description: "Whether people with disabilities can take part, as the hosts say.",
});

export enum Visibility {
  PUBLIC = "PUBLIC",
  UNLISTED = "UNLISTED",
  PRIVATE = "PRIVATE",
}
registerEnumType(Visibility, {
  name: "Visibility",
  description: "Who finds an approved event.",
  valuesConfig: {
    PUBLIC: { description: "Everybody; it counts in totals." },
    UNLISTED: { description: "Whoever has its id; it is in no list, stream or total." },
    PRIVATE: { description: "Only its hosts, coordinators and reporters, and the campaign's staff." },
  },
});

export enum LocationPrecision {
  EXACT = "EXACT",
  APPROXIMATE = "APPROXIMATE",
  CITY = "CITY",
}
registerEnumType(LocationPrecision, {
  name: "LocationPrecision",
  description: "How exactly the public sees the place; hosts, coordinators, reporters and staff see it exactly.",
  valuesConfig: {
    EXACT: { description: "Venue, address and point." },
    APPROXIMATE: {
      description:
        "The H3 cell of resolution 7 (about 5 km²) that the place is in, and the cell's middle as the point; of the address, the city alone.",
    },
    CITY: { description: "The city alone, and the city's point." },
  },
});

export enum ReviewStatus {
  DRAFT = "DRAFT",
  IN_REVIEW = "IN_REVIEW",
  CHANGES_REQUESTED = "CHANGES_REQUESTED",
  APPROVED = "APPROVED",
  REJECTED = "REJECTED",
}
registerEnumType(ReviewStatus, {
  name: "ReviewStatus",
  description: "Where the review by the campaign's staff stands.",
  valuesConfig: {
    DRAFT: { description: "Its hosts still write it." },
    IN_REVIEW: { description: "It waits for the campaign's staff." },
    CHANGES_REQUESTED: { description: "Staff ask its hosts for changes, then to submit it again." },
    APPROVED: { description: "It is published, as far as its visibility says." },
    REJECTED: { description: "Staff do not publish it, for a reason that its hosts see." },
  },
});

export enum Occurrence {
  SCHEDULED = "SCHEDULED",
  TENTATIVE = "TENTATIVE",
  RESCHEDULED = "RESCHEDULED",
  POSTPONED = "POSTPONED",
  MOVED_ONLINE = "MOVED_ONLINE",
  CANCELLED = "CANCELLED",
}
registerEnumType(Occurrence, {
  name: "Occurrence",
  description: "Whether, and how, it takes place.",
  valuesConfig: {
    SCHEDULED: { description: "It takes place as announced." },
    TENTATIVE: { description: "It is likely, but not certain yet." },
    RESCHEDULED: { description: "It takes place at another time than first announced; see `earlierTimes`." },
    POSTPONED: { description: "It does not take place at the time shown; a new one is not known yet." },
    MOVED_ONLINE: { description: "It takes place at `onlineUrl` instead of the place." },
    CANCELLED: { description: "It does not take place; it stays listed, so that people learn of it." },
  },
});

/** What became of the record of an event. */
export enum EventRecord {
  LIVE = "LIVE",
  MERGED = "MERGED",
  DELETED = "DELETED",
}

export enum PermitStatus {
  NOT_SAID = "NOT_SAID",
  NOT_NEEDED = "NOT_NEEDED",
  APPLIED = "APPLIED",
  GRANTED = "GRANTED",
  DENIED = "DENIED",
}
registerEnumType(PermitStatus, {
  name: "PermitStatus",
  description: "Whether the authorities permit it, as the hosts say.",
});

export enum EventPhase {
  UPCOMING = "UPCOMING",
  ONGOING = "ONGOING",
  ENDED = "ENDED",
}
registerEnumType(EventPhase, { name: "EventPhase", description: "By the clock, at the time of the answer." });

export enum HostRole {
  LEAD = "LEAD",
  CO_HOST = "CO_HOST",
}
registerEnumType(HostRole, { name: "HostRole", description: "Whether the organization leads or helps." });

export enum HostStatus {
  INVITED = "INVITED",
  ACCEPTED = "ACCEPTED",
  DECLINED = "DECLINED",
}
registerEnumType(HostStatus, {
  name: "HostStatus",
  description: "Whether the organization has agreed to host; only ACCEPTED ones are public.",
});

/** Which reminder of an event it is. */
export enum ReminderKind {
  DAY_BEFORE = "DAY_BEFORE",
  DAY_OF = "DAY_OF",
}

/** Why a person is told of an event's changes. */
export enum FollowReason {
  FOLLOW = "FOLLOW",
  RSVP = "RSVP",
  WAITLIST = "WAITLIST",
  SHIFT = "SHIFT",
  ROLE = "ROLE",
}

export enum EventRole {
  COORDINATOR = "COORDINATOR",
  REPORTER = "REPORTER",
}
registerEnumType(EventRole, {
  name: "EventRole",
  description: "What a person does for an event.",
  valuesConfig: {
    COORDINATOR: { description: "Opens shifts, sees who has claimed them, reports turnout." },
    REPORTER: { description: "Reports turnout." },
  },
});

export enum EventOrder {
  TIME = "TIME",
  DISTANCE = "DISTANCE",
}
registerEnumType(EventOrder, {
  name: "EventOrder",
  description: "What a list of events is ordered by.",
  valuesConfig: {
    TIME: { description: "When they begin, the earliest first." },
    DISTANCE: { description: "How far their public points are from `filter.near`, the nearest first." },
  },
});
