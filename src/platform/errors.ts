import { GraphQLError } from "graphql";

/** What kind of failure it is; stable, clients may branch on it. */
export enum ErrorCode {
  UNAUTHENTICATED = "UNAUTHENTICATED",
  FORBIDDEN = "FORBIDDEN",
  NOT_FOUND = "NOT_FOUND",
  BAD_USER_INPUT = "BAD_USER_INPUT",
  CONFLICT = "CONFLICT",
  RATE_LIMITED = "RATE_LIMITED",
  TEMPORARILY_UNAVAILABLE = "TEMPORARILY_UNAVAILABLE",
  INTERNAL_SERVER_ERROR = "INTERNAL_SERVER_ERROR",
  GRAPHQL_PARSE_FAILED = "GRAPHQL_PARSE_FAILED",
  GRAPHQL_VALIDATION_FAILED = "GRAPHQL_VALIDATION_FAILED",
  OPERATION_RESOLUTION_FAILURE = "OPERATION_RESOLUTION_FAILURE",
  QUERY_TOO_LARGE = "QUERY_TOO_LARGE",
  OPERATION_NOT_ALLOWED_HERE = "OPERATION_NOT_ALLOWED_HERE",
  BAD_REQUEST = "BAD_REQUEST",
}

/** Why, where a client must branch within a code; stable. */
export enum ErrorReason {
  CODE_WRONG_OR_EXPIRED = "CODE_WRONG_OR_EXPIRED",
  TOKEN_INVALID = "TOKEN_INVALID",
  KEY_INVALID = "KEY_INVALID",
  KEY_REVOKED = "KEY_REVOKED",
  KEY_EXPIRED = "KEY_EXPIRED",
  KEY_ONLY_READS = "KEY_ONLY_READS",
  TOO_MANY_REQUESTS = "TOO_MANY_REQUESTS",
  TOO_MANY_TOKENS = "TOO_MANY_TOKENS",
  TOO_DEEP = "TOO_DEEP",
  TOO_MANY_ALIASES = "TOO_MANY_ALIASES",
  ALIAS_TOO_LONG = "ALIAS_TOO_LONG",
  TOO_MANY_ROOT_FIELDS = "TOO_MANY_ROOT_FIELDS",
  TOO_COSTLY = "TOO_COSTLY",
  PAGE_SIZE = "PAGE_SIZE",
  CURSOR_INVALID = "CURSOR_INVALID",
  ID_INVALID = "ID_INVALID",
  POSITION_INVALID = "POSITION_INVALID",
  IDEMPOTENCY_KEY_REUSED = "IDEMPOTENCY_KEY_REUSED",
  LAGGING = "LAGGING",
  TOO_MANY_SUBSCRIPTIONS = "TOO_MANY_SUBSCRIPTIONS",
  LOCAL_TIME_DOES_NOT_EXIST = "LOCAL_TIME_DOES_NOT_EXIST",
  EVENT_NOT_DRAFT = "EVENT_NOT_DRAFT",
  EVENT_NOT_IN_REVIEW = "EVENT_NOT_IN_REVIEW",
  EVENT_NOT_APPROVED = "EVENT_NOT_APPROVED",
  EVENT_NOT_BEGUN = "EVENT_NOT_BEGUN",
  EVENT_CANCELLED = "EVENT_CANCELLED",
  EVENT_MERGED = "EVENT_MERGED",
  NOT_INVITED = "NOT_INVITED",
  REVIEW_HELD = "REVIEW_HELD",
  STALE_VERSION = "STALE_VERSION",
  SHIFT_FULL = "SHIFT_FULL",
  SHIFT_ENDED = "SHIFT_ENDED",
  SHIFT_STARTED = "SHIFT_STARTED",
  SHIFT_CLOSED = "SHIFT_CLOSED",
  SHIFT_CANCELLED = "SHIFT_CANCELLED",
  NOT_OPEN_YET = "NOT_OPEN_YET",
  ALREADY_SIGNED_UP = "ALREADY_SIGNED_UP",
  OVERLAPS = "OVERLAPS",
  TOO_FAR_TO_REACH = "TOO_FAR_TO_REACH",
  NEEDS_REST = "NEEDS_REST",
  NOT_QUALIFIED = "NOT_QUALIFIED",
  QUALIFICATION_EXPIRED = "QUALIFICATION_EXPIRED",
  MORE_ARE_NAMED = "MORE_ARE_NAMED",
  DISPATCH_FULL = "DISPATCH_FULL",
  DISPATCH_WITHDRAWN = "DISPATCH_WITHDRAWN",
  SIGNUP_STATUS = "SIGNUP_STATUS",
  CAPACITY_BELOW_TAKEN = "CAPACITY_BELOW_TAKEN",
  PLACES_HELD = "PLACES_HELD",
  NOT_SIGNED_UP = "NOT_SIGNED_UP",
  COVER_CLOSED = "COVER_CLOSED",
  NO_SWAP_OFFERED = "NO_SWAP_OFFERED",
  SWAP_STATUS = "SWAP_STATUS",
  EVENT_HIDDEN = "EVENT_HIDDEN",
  NAME_TAKEN = "NAME_TAKEN",
  LIMIT_REACHED = "LIMIT_REACHED",
  LINK_NOT_YET_VALID = "LINK_NOT_YET_VALID",
  LINK_EXPIRED = "LINK_EXPIRED",
  NEWCOMERS_FULL = "NEWCOMERS_FULL",
  ORGANIZATION_NOT_LISTED = "ORGANIZATION_NOT_LISTED",
  HAS_PARENT = "HAS_PARENT",
  PARENT_NOT_REQUESTED = "PARENT_NOT_REQUESTED",
  PARENT_CIRCULAR = "PARENT_CIRCULAR",
  PARENT_TOO_DEEP = "PARENT_TOO_DEEP",
  LAST_OWNER = "LAST_OWNER",
  ALREADY_MEMBER = "ALREADY_MEMBER",
  INVITATION_CLOSED = "INVITATION_CLOSED",
  INVITATION_EXPIRED = "INVITATION_EXPIRED",
  SLUG_TAKEN = "SLUG_TAKEN",
  CAMPAIGN_NOT_DRAFT = "CAMPAIGN_NOT_DRAFT",
  CAMPAIGN_NOT_OPEN = "CAMPAIGN_NOT_OPEN",
  CAMPAIGN_NOT_CLOSED = "CAMPAIGN_NOT_CLOSED",
  LAST_STAFF = "LAST_STAFF",
  ALREADY_STAFF = "ALREADY_STAFF",
  NOT_ENDORSED = "NOT_ENDORSED",
  IMPORT_HAS_FILE = "IMPORT_HAS_FILE",
  EVENT_ENDED = "EVENT_ENDED",
  RSVPS_FULL = "RSVPS_FULL",
  RSVP_CANCELLED = "RSVP_CANCELLED",
  EVENT_NOT_SCHEDULED = "EVENT_NOT_SCHEDULED",
  EVENT_NOT_TRAINING = "EVENT_NOT_TRAINING",
  ORGANIZATION_NOT_VERIFIED = "ORGANIZATION_NOT_VERIFIED",
  NOT_REQUESTED = "NOT_REQUESTED",
  NOT_CLEARED = "NOT_CLEARED",
  QUALIFICATION_REVOKED = "QUALIFICATION_REVOKED",
  REPORT_SUPERSEDED = "REPORT_SUPERSEDED",
  REPORT_RETRACTED = "REPORT_RETRACTED",
  REPORT_REJECTED = "REPORT_REJECTED",
  REPORT_NOT_FLAGGED = "REPORT_NOT_FLAGGED",
  REPORT_NOT_ACCEPTED = "REPORT_NOT_ACCEPTED",
  OWN_REPORT = "OWN_REPORT",
  TURNOUT_MISSING = "TURNOUT_MISSING",
  TURNOUT_CERTIFIED = "TURNOUT_CERTIFIED",
  TOO_MANY_CLUSTERS = "TOO_MANY_CLUSTERS",
  TOO_MANY_WEBHOOKS = "TOO_MANY_WEBHOOKS",
  WEBHOOK_ENDED = "WEBHOOK_ENDED",
  WEBHOOK_PAUSED = "WEBHOOK_PAUSED",
  WEBHOOK_MESSAGE_NOT_MADE = "WEBHOOK_MESSAGE_NOT_MADE",
}

/** One fault in an input: where, and what would be right. */
export interface FieldFault {
  /** The way to the value, for example `input.title`. */
  path: string;
  /** What is wrong with it and what would be right; never the value itself. */
  reason: string;
}

interface Details {
  reason?: ErrorReason;
  fields?: FieldFault[];
  /** The same request may succeed later. */
  retryable?: boolean;
  /** How long it will not, at least. */
  retryAfterSeconds?: number;
  /** HTTP status where the whole request is refused. */
  status?: number;
}

/** A failure that the client may see. Everything else that is thrown is masked. */
export class Refusal extends GraphQLError {
  constructor(code: keyof typeof ErrorCode, message: string, { status, ...details }: Details = {}) {
    super(message, { extensions: { code, ...details, ...(status ? { http: { status } } : {}) } });
  }
}

/** What comes of some work; whatever it is refused for, this is said. */
export const refusedAs = <T>(refusal: Refusal, work: Promise<T>): Promise<T> =>
  work.catch((error: unknown) => {
    throw error instanceof Refusal ? refusal : error;
  });

/** Refuses an input, naming each field, the reason and what would be right. */
export const badInputs = (fields: FieldFault[], code?: ErrorReason): Refusal =>
  new Refusal("BAD_USER_INPUT", fields.map(({ path, reason }) => `${path}: ${reason}`).join("; "), {
    fields,
    ...(code ? { reason: code } : {}),
  });

/** The same for one field. */
export const badInput = (path: string, reason: string, code?: ErrorReason): Refusal =>
  badInputs([{ path, reason }], code);

/** Refuses a key that stands for something else already. */
export const keyReused = (): Refusal =>
  new Refusal("CONFLICT", "This idempotencyKey was used with another input; use a new key for a new request.", {
    reason: ErrorReason.IDEMPOTENCY_KEY_REUSED,
    fields: [{ path: "input.idempotencyKey", reason: "was used with another input" }],
  });
