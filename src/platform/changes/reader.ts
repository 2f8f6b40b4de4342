import type { Context } from "../context.js";
import type { Change } from "./change.js";

/** What a subscription follows and what it says of a change; a feature writes one for each subscription field. */
export interface LiveSource {
  rooms: string[];
  /** Where the reader was, when it was here before. */
  after?: string | null | undefined;
  /** The message for a change, or null when this reader may not see what changed. */
  message(ctx: Context, change: Change): Promise<object | null>;
  /** The message that says: the log no longer has what you missed, read everything again. */
  resync(position: string): object;
}

/** A subscription as admitted: equal keys get equal answers, so they are executed and serialised once. */
export interface LiveRequest {
  key: string;
  source: LiveSource;
  /** A fresh context for one message; null when the reader has lost the right to listen. */
  context(): Promise<Context | null>;
  /** The answer to the selection, serialised: its UTF-8 bytes, one character for each. */
  execute(ctx: Context, message: object): Promise<string>;
}

/** Where a reader's messages go. */
export interface Reader {
  send(payload: string): void;
  /** It has read what it was sent, or nearly. */
  keepsUp(): boolean;
  /** Ends it, because it cannot keep up. */
  lagging(): void;
  /** Ends it, because its messages cannot be made right now. */
  unavailable(): void;
  /** Ends it, because its rights are gone. */
  forbidden(): void;
}
