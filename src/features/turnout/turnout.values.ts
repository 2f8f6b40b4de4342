import { registerEnumType } from "type-graphql";

/** The most people that one report may state. */
export const largestCount = 5_000_000;

export enum TurnoutMethod {
  HEADCOUNT = "HEADCOUNT",
  CLICKER = "CLICKER",
  MARCH_PASS_ROWS = "MARCH_PASS_ROWS",
  AREA_DENSITY = "AREA_DENSITY",
  AERIAL = "AERIAL",
  PHOTO = "PHOTO",
  VIDEO = "VIDEO",
  EYEWITNESS = "EYEWITNESS",
  MEDIA = "MEDIA",
  OFFICIAL = "OFFICIAL",
}
registerEnumType(TurnoutMethod, {
  name: "TurnoutMethod",
  description: "How a crowd was counted.",
  valuesConfig: {
    HEADCOUNT: { description: "Each person was counted." },
    CLICKER: { description: "Each person was counted with a hand tally counter." },
    MARCH_PASS_ROWS: { description: "Rows that pass a point in a minute × people in a row × minutes." },
    AREA_DENSITY: { description: "The area that the crowd fills ÷ the space that one person takes (Herbert Jacobs)." },
    AERIAL: { description: "Seen from above: a drone, a helicopter, a roof." },
    PHOTO: { description: "From a photo taken on the ground; above 1,000 people it waits for a reviewer." },
    VIDEO: { description: "From a video taken on the ground; above 1,000 people it waits for a reviewer." },
    EYEWITNESS: { description: "Somebody who was there judged by eye." },
    MEDIA: { description: "As the press wrote or said it." },
    OFFICIAL: { description: "As an authority stated it." },
  },
});

export enum TurnoutSource {
  HOST = "HOST",
  PEACEKEEPER = "PEACEKEEPER",
  STAFF = "STAFF",
  PRESS = "PRESS",
  OFFICIAL = "OFFICIAL",
  PUBLIC = "PUBLIC",
}
registerEnumType(TurnoutSource, {
  name: "TurnoutSource",
  description: "Who counted. All but PUBLIC are trusted: the campaign knows who they are.",
  valuesConfig: {
    HOST: { description: "Those who hold the event." },
    PEACEKEEPER: { description: "Peacekeepers, coordinators and those whom the hosts named as reporters." },
    STAFF: { description: "The campaign's staff." },
    PRESS: { description: "A reporter of the press." },
    OFFICIAL: { description: "The police or another authority." },
    PUBLIC: { description: "Anybody else; together they weigh at most half of what the trusted weigh." },
  },
});

/** Where a report stands. That it was received is no state of its own: it is accepted or flagged as it is stored. */
export enum TurnoutReportStatus {
  ACCEPTED = "ACCEPTED",
  FLAGGED = "FLAGGED",
  REJECTED = "REJECTED",
  SUPERSEDED = "SUPERSEDED",
  RETRACTED = "RETRACTED",
}
registerEnumType(TurnoutReportStatus, {
  name: "TurnoutReportStatus",
  description: "Where a report stands; only what is ACCEPTED is in any total.",
  valuesConfig: {
    ACCEPTED: { description: "It counts: nothing was odd about it, or a reviewer accepted it." },
    FLAGGED: { description: "It waits for a reviewer; its `flags` say why." },
    REJECTED: { description: "A reviewer did not accept it, and said why." },
    SUPERSEDED: { description: "Its reporter sent a correction, which stands in its place." },
    RETRACTED: { description: "Its reporter took it back." },
  },
});

export enum TurnoutFlag {
  OVER_DENSITY = "OVER_DENSITY",
  JUMP = "JUMP",
  PHOTO_ABOVE_1000 = "PHOTO_ABOVE_1000",
  BEFORE_START = "BEFORE_START",
  AFTER_END = "AFTER_END",
  EVENT_CANCELLED = "EVENT_CANCELLED",
  REPORTER_FAR = "REPORTER_FAR",
  DOUBTED = "DOUBTED",
}
registerEnumType(TurnoutFlag, {
  name: "TurnoutFlag",
  description: "Why a report waits for a reviewer instead of counting at once.",
  valuesConfig: {
    OVER_DENSITY: { description: "More people than find room on the stated area: one on each 0.23 m² (2.5 sq ft)." },
    JUMP: {
      description:
        "Within 60 minutes of the latest count, above 4 times its `high` and 200 more, or below a quarter of its `low` and 200 less.",
    },
    PHOTO_ABOVE_1000: { description: "More than 1,000 people, judged from a photo or a video." },
    BEFORE_START: { description: "Observed more than 60 minutes before the event begins." },
    AFTER_END: { description: "Observed more than 60 minutes after the event ends; without a known end, its day." },
    EVENT_CANCELLED: { description: "The event is cancelled or postponed." },
    REPORTER_FAR: {
      description:
        "The reporter stands more than 5 km from the event; 50 km from its city while its exact place is not known.",
    },
    DOUBTED: { description: "A reviewer put it back into the queue after it had been accepted." },
  },
});

export enum TurnoutState {
  MISSING = "MISSING",
  PARTIAL = "PARTIAL",
  CONFLICT = "CONFLICT",
  FINAL = "FINAL",
  CERTIFIED = "CERTIFIED",
}
registerEnumType(TurnoutState, {
  name: "TurnoutState",
  description: "How far the turnout of an event is known.",
  valuesConfig: {
    MISSING: { description: "No trusted report yet." },
    PARTIAL: { description: "Reports come in; the interval moves." },
    CONFLICT: { description: "Two trusted reporters state intervals that are far apart; somebody has to look." },
    FINAL: { description: "A host or the campaign's staff closed it; reports move it no more." },
    CERTIFIED: { description: "The campaign's staff stand by it." },
  },
});

export enum CrowdDensity {
  LOOSE = "LOOSE",
  DENSE = "DENSE",
  PACKED = "PACKED",
}
registerEnumType(CrowdDensity, {
  name: "CrowdDensity",
  description: "How close people stand, after Herbert Jacobs.",
  valuesConfig: {
    LOOSE: { description: "At arm's length: 0.93 m² (10 sq ft) for each." },
    DENSE: { description: "Shoulder to shoulder: 0.42 m² (4.5 sq ft) for each." },
    PACKED: { description: "As tight as people can stand: 0.23 m² (2.5 sq ft) for each." },
  },
});
