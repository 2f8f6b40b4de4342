import { registerEnumType } from "type-graphql";

export enum WebhookState {
  ACTIVE = "ACTIVE",
  PAUSED = "PAUSED",
  ENDED = "ENDED",
}

export enum WebhookReason {
  BY_YOU = "BY_YOU",
  FAILING = "FAILING",
  GONE = "GONE",
  NOT_ADMITTED = "NOT_ADMITTED",
  FORBIDDEN = "FORBIDDEN",
}

export enum WebhookDeliveryState {
  PENDING = "PENDING",
  DELIVERED = "DELIVERED",
  FAILED = "FAILED",
  DROPPED = "DROPPED",
}

export enum WebhookFailure {
  STATUS = "STATUS",
  REDIRECT = "REDIRECT",
  TIMEOUT = "TIMEOUT",
  ADDRESS = "ADDRESS",
  TLS = "TLS",
  CONNECTION = "CONNECTION",
  UNAVAILABLE = "UNAVAILABLE",
  INTERNAL = "INTERNAL",
}

registerEnumType(WebhookState, {
  name: "WebhookState",
  description: "Whether a webhook works.",
  valuesConfig: {
    ACTIVE: { description: "What changes is sent." },
    PAUSED: {
      description: "Nothing is sent, and `position` stands still; `resumeWebhook` goes on with what was missed.",
    },
    ENDED: { description: "Nothing is sent any more; make a new one." },
  },
});

registerEnumType(WebhookReason, {
  name: "WebhookReason",
  description: "Why a webhook is not active.",
  valuesConfig: {
    BY_YOU: { description: "You have paused it." },
    FAILING: { description: "Nothing could be delivered for three days; it is paused." },
    GONE: { description: "The receiver has answered 410; it has ended." },
    NOT_ADMITTED: {
      description: "The schema or its limits no longer admit the document; it has ended.",
    },
    FORBIDDEN: { description: "You may no longer read what the document asks for; it has ended." },
  },
});

registerEnumType(WebhookDeliveryState, {
  name: "WebhookDeliveryState",
  description: "What became of a message.",
  valuesConfig: {
    PENDING: { description: "It is to be made or sent, or that again, at `nextTryAt`." },
    DELIVERED: { description: "The receiver has answered with a status from 200 to 299." },
    FAILED: {
      description:
        "It could not be delivered in three days, and `redeliverWebhookDelivery` sends it again; or it could not be made, and was left out.",
    },
    DROPPED: { description: "The webhook ended before it was delivered." },
  },
});

registerEnumType(WebhookFailure, {
  name: "WebhookFailure",
  description: "Why a try did not deliver, or why a message could not be made.",
  valuesConfig: {
    STATUS: { description: "The answer's status was none from 200 to 299." },
    REDIRECT: { description: "The answer led elsewhere: redirects are never followed. Set the new `url`." },
    TIMEOUT: { description: "There was no answer within 15 seconds." },
    ADDRESS: { description: "The host's name has no address, or not only addresses of the public internet." },
    TLS: { description: "The connection could not be secured, as with a certificate that is not valid." },
    CONNECTION: { description: "There was no connection, or it broke off, or what came was no HTTP." },
    UNAVAILABLE: {
      description:
        "It could not be made: reading what the document asks for took too long, or the database was away. If it stays so, ask for less.",
    },
    INTERNAL: { description: "It could not be made, through a fault of ours; nothing of it was sent." },
  },
});
