import type { Told } from "../../platform/reading/message.js";

/** What somebody follows the turnout of. */
export interface Followed {
  type: "Campaign" | "City" | "Event";
  id: string;
}

/** A message of it, before anything is read. */
export interface TurnoutTold extends Told, Followed {
  /** The events that moved it, as far as the reader may find them. */
  changed: string[];
}
