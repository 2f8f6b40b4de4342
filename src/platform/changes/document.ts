/** A message that could not be made: where it stands in the log, and what was thrown. */
export interface NotMade {
  position: string;
  error: unknown;
}

/** Where messages go. */
export interface Reader {
  /** `position` is the message's. */
  send(payload: string, position: string): void;
  /** For one who keeps where it stands: up to this position there is nothing more to tell it. */
  reached?(position: string): void;
  /** It has read what it was sent, or nearly. */
  keepsUp(): boolean;
  /** Ends it, because it cannot keep up. */
  lagging(): void;
  /** Ends it, because its messages cannot be made right now: one of them, or none. */
  unavailable(notMade?: NotMade): void;
  /** Ends it, because its rights are gone. */
  forbidden(): void;
}

/** A subscription that comes by no socket: of a person, with their rights as they are at each message. */
export interface LiveDocument {
  /** The field that it asks for. */
  field: string;
  /** The rooms whose changes concern it. */
  rooms: string[];
  /** The position that it asks from. */
  after: string | null;
  /**
   * Tells a reader what has changed after a position, in the order of the log, while it is active. Returns the position
   * up to which it was told everything, or null when it was let go before that.
   */
  replay(after: string, reader: Reader, active: () => boolean): Promise<string | null>;
}

/** Admits such subscriptions. */
export interface LiveDocuments {
  /** Throws why a document is not admitted, as over a WebSocket; null: there is no such person. */
  ofPerson(
    asked: { query: string; variables: Record<string, unknown> },
    personId: string,
  ): Promise<LiveDocument | null>;
}
