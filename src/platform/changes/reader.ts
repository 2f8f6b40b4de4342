import type { Context } from "../context.js";
import type { Change } from "./change.js";

/** What a subscription follows and what it says of a change; a feature writes one for each subscription field. */
export type LiveSource = Followed & (TellsEach | TellsTogether);

interface Followed {
  rooms: string[];
  /** Where the reader was, when it was here before. */
  after?: string | null | undefined;
  /** The message that says: the log no longer has what you missed, read everything again. */
  resync(position: string): object;
}

interface TellsEach {
  /** The message for a change, or null when this reader may not see what changed. */
  message(ctx: Context, change: Change): Promise<object | null>;
  /** So many that wait are made with one context, each a message still: for those who read by its loaders. One unless told. */
  atOnce?: number;
  gathers?: undefined;
}

/** For what changes faster than anybody reads: changes wait for their turn, and one message tells all that wait. */
interface TellsTogether {
  gathers: Gathering;
  message?: undefined;
}

export interface Gathering {
  /** The least time from the sending of one message to the making of the next; after a rest the first goes at once. */
  everyMs: number;
  /** When more things than this changed, the message is the `resync`. */
  atMost: number;
  /**
   * The message for the changes, at least one, each of another thing, in the order of the log: its position is that
   * of the last. Null when this reader may see nothing of them.
   */
  message(ctx: Context, changes: Change[]): Promise<object | null>;
}

/** A subscription as admitted: equal keys get equal answers, so they are executed and serialised once. */
export interface LiveRequest {
  key: string;
  source: LiveSource;
  /** A fresh context for one message; null when the reader has lost the right to listen. */
  context(): Promise<Context | null>;
  /** The answer to the selection, serialised. */
  execute(ctx: Context, message: object): Promise<string>;
}
