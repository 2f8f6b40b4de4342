import { registerEnumType } from "type-graphql";

export enum PeacekeeperRole {
  LEAD = "LEAD",
  MARSHAL = "MARSHAL",
  DE_ESCALATOR = "DE_ESCALATOR",
  TRAFFIC = "TRAFFIC",
  MEDIC = "MEDIC",
  LEGAL_OBSERVER_LIAISON = "LEGAL_OBSERVER_LIAISON",
  POLICE_LIAISON = "POLICE_LIAISON",
  ACCESS_SUPPORT = "ACCESS_SUPPORT",
  RUNNER = "RUNNER",
  FLOAT = "FLOAT",
}
registerEnumType(PeacekeeperRole, { name: "PeacekeeperRole", description: "What a peacekeeper does." });

export enum ShiftStatus {
  DRAFT = "DRAFT",
  OPEN = "OPEN",
  CLOSED = "CLOSED",
  CANCELLED = "CANCELLED",
}
registerEnumType(ShiftStatus, {
  name: "ShiftStatus",
  description: "Whether a shift takes claims.",
  valuesConfig: {
    DRAFT: { description: "Only those who coordinate the event see it." },
    OPEN: { description: "Takes claims, within its sign-up window." },
    CLOSED: { description: "Takes no claims; whoever holds a place keeps it." },
    CANCELLED: { description: "Does not take place; nobody holds a place." },
  },
});

export enum Staffing {
  UNDER_MINIMUM = "UNDER_MINIMUM",
  STAFFED = "STAFFED",
  FULL = "FULL",
}
registerEnumType(Staffing, {
  name: "Staffing",
  description: "Whether a shift has the people that it needs.",
  valuesConfig: {
    UNDER_MINIMUM: { description: "Fewer are confirmed than it needs." },
    STAFFED: { description: "As many as it needs are confirmed, and there is room." },
    FULL: { description: "There is no room." },
  },
});

export enum SignupStatus {
  REQUESTED = "REQUESTED",
  WAITLISTED = "WAITLISTED",
  OFFERED = "OFFERED",
  CONFIRMED = "CONFIRMED",
  SWAP_OFFERED = "SWAP_OFFERED",
  CHECKED_IN = "CHECKED_IN",
  COMPLETED = "COMPLETED",
  LEFT_EARLY = "LEFT_EARLY",
  NO_SHOW = "NO_SHOW",
  EXCUSED = "EXCUSED",
  RELEASED = "RELEASED",
  LAPSED = "LAPSED",
}
registerEnumType(SignupStatus, {
  name: "SignupStatus",
  description: "Where a claim of a place stands.",
  valuesConfig: {
    REQUESTED: { description: "Holds a place until `deadline`; a coordinator has to confirm it." },
    WAITLISTED: { description: "Waits in line for a place." },
    OFFERED: { description: "Holds a place until `deadline`: claim the shift again to take it." },
    CONFIRMED: { description: "Holds a place." },
    SWAP_OFFERED: { description: "Holds a place, and would give it to somebody else." },
    CHECKED_IN: { description: "Is there." },
    COMPLETED: { description: "Was there to the end." },
    LEFT_EARLY: { description: "Was there, and left before the end." },
    NO_SHOW: { description: "Did not come." },
    EXCUSED: { description: "Could not come, and said so." },
    RELEASED: { description: "Given back, declined by a coordinator, or ended with the shift." },
    LAPSED: { description: "The deadline has passed, or the offer was declined." },
  },
});

/** Those that hold a place. */
export const holding = [
  SignupStatus.REQUESTED,
  SignupStatus.OFFERED,
  SignupStatus.CONFIRMED,
  SignupStatus.SWAP_OFFERED,
  SignupStatus.CHECKED_IN,
  SignupStatus.COMPLETED,
  SignupStatus.LEFT_EARLY,
];

/** Those that can be counted on: they hold a place, and neither side has to say yes to it any more. */
export const assured = holding.slice(2);

/** Those that have to be looked at once the shift is over. */
export const unfinished = [
  SignupStatus.REQUESTED,
  SignupStatus.OFFERED,
  SignupStatus.WAITLISTED,
  SignupStatus.CHECKED_IN,
  SignupStatus.CONFIRMED,
  SignupStatus.SWAP_OFFERED,
];

/** Those that stand for somebody who has not come yet: given back, or ended with the shift. */
export const toCome: SignupStatus[] = unfinished.filter((status) => status !== SignupStatus.CHECKED_IN);

/** SQL: a list of statuses, as PostgreSQL prints it in constraints. */
export const sqlList = (statuses: SignupStatus[]): string =>
  `ARRAY[${statuses.map((status) => `'${status}'::text`).join(", ")}]`;

/** SQL: the sign-up holds a place. */
export const holds = (row: string): string => `${row}.status = ANY (${sqlList(holding)})`;

/** SQL: the sign-up can be counted on. */
export const isAssured = (row: string): string => `${row}.status = ANY (${sqlList(assured)})`;

/** Why a person cannot claim a place; each is also the `reason` of a refused claim. */
export enum ClaimObstacle {
  EVENT_NOT_APPROVED = "EVENT_NOT_APPROVED",
  EVENT_NOT_SCHEDULED = "EVENT_NOT_SCHEDULED",
  SHIFT_CANCELLED = "SHIFT_CANCELLED",
  NOT_OPEN_YET = "NOT_OPEN_YET",
  SHIFT_CLOSED = "SHIFT_CLOSED",
  SHIFT_STARTED = "SHIFT_STARTED",
  SHIFT_ENDED = "SHIFT_ENDED",
  ALREADY_SIGNED_UP = "ALREADY_SIGNED_UP",
  OVERLAPS = "OVERLAPS",
  TOO_FAR_TO_REACH = "TOO_FAR_TO_REACH",
  NEEDS_REST = "NEEDS_REST",
  NOT_QUALIFIED = "NOT_QUALIFIED",
  QUALIFICATION_EXPIRED = "QUALIFICATION_EXPIRED",
  LIMIT_REACHED = "LIMIT_REACHED",
  SHIFT_FULL = "SHIFT_FULL",
  NEWCOMERS_FULL = "NEWCOMERS_FULL",
}

/** Those that a coordinator can set aside for one person, with a reason. */
export const overridable = [
  ClaimObstacle.NOT_OPEN_YET,
  ClaimObstacle.SHIFT_CLOSED,
  ClaimObstacle.SHIFT_STARTED,
  ClaimObstacle.TOO_FAR_TO_REACH,
  ClaimObstacle.NEEDS_REST,
  ClaimObstacle.NOT_QUALIFIED,
  ClaimObstacle.QUALIFICATION_EXPIRED,
  ClaimObstacle.LIMIT_REACHED,
];

/** Those that tell what somebody is cleared for, which is theirs to show. */
export const ofClearances = [ClaimObstacle.NOT_QUALIFIED, ClaimObstacle.QUALIFICATION_EXPIRED];

/** Those that end by themselves: whoever has no other can wait in line. */
export const passing = [ClaimObstacle.NEWCOMERS_FULL, ClaimObstacle.SHIFT_FULL];

/** Those that a coordinator's yes takes away. */
export const ofNewcomers = [ClaimObstacle.LIMIT_REACHED, ClaimObstacle.NEWCOMERS_FULL];

/** What a person is told of each. */
export const obstacleWords: Record<ClaimObstacle, string> = {
  EVENT_NOT_APPROVED: "The event is not approved yet.",
  EVENT_NOT_SCHEDULED: "The event is postponed or cancelled.",
  SHIFT_CANCELLED: "This shift does not take place.",
  NOT_OPEN_YET: "This shift takes no claims yet.",
  SHIFT_CLOSED: "This shift takes no more claims.",
  SHIFT_STARTED: "This shift has begun; its coordinators can still assign people.",
  SHIFT_ENDED: "This shift is over.",
  ALREADY_SIGNED_UP: "You hold a place on this shift already.",
  OVERLAPS: "You hold a place on another shift at this time; release that one first.",
  TOO_FAR_TO_REACH: "There is too little time to travel between this shift and another that you hold.",
  NEEDS_REST: "With this shift you would stand more than 12 of 24 hours.",
  NOT_QUALIFIED: "This shift needs a qualification that you are not cleared for.",
  QUALIFICATION_EXPIRED: "A qualification that this shift needs expires before its end, or has expired.",
  LIMIT_REACHED: "You hold as many places, or wait for as many, as one person may.",
  NEWCOMERS_FULL: "As many newcomers as this shift takes at once wait for a coordinator's yes; you can join the line.",
  SHIFT_FULL: "This shift is full.",
};

registerEnumType(ClaimObstacle, {
  name: "ClaimObstacle",
  description: "Why you cannot claim a place; a claim is refused with the same word as its `reason`.",
  valuesConfig: Object.fromEntries(
    Object.entries(obstacleWords).map(([name, description]) => [name, { description }]),
  ) as Record<ClaimObstacle, { description: string }>,
});
