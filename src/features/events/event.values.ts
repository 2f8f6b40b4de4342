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
  CITY = "CITY",
}
registerEnumType(LocationPrecision, {
  name: "LocationPrecision",
  description: "How exactly the public sees the place.",
  valuesConfig: {
    EXACT: { description: "Venue, address and point." },
    CITY: {
      description: "The city alone, and the city's point; hosts, coordinators, reporters and staff see the place.",
    },
  },
});

export enum ReviewStatus {
  DRAFT = "DRAFT",
  IN_REVIEW = "IN_REVIEW",
  APPROVED = "APPROVED",
}
registerEnumType(ReviewStatus, {
  name: "ReviewStatus",
  description: "Where the review by the campaign's staff stands.",
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
