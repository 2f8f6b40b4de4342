import { known } from "./mutations.js";
import { anybody, concerned, type Role } from "./people.js";
import type { Evidence } from "./evidence.js";

/** Who reads a thing by its id, and such things: in public, and hidden where they can be. */
export interface NodePolicy {
  open: readonly Role[];
  hidden?: readonly Role[];
  of: keyof Evidence;
}

/** Every type that has an id. */
export const nodePolicies: Record<string, NodePolicy> = {
  Announcement: { ...known.event, of: "announcement" },
  Campaign: { ...known.campaign, of: "campaign" },
  City: { open: anybody, of: "city" },
  Coverage: { ...known.coverage, of: "coverage" },
  Demand: { ...known.campaign, of: "demand" },
  Endorsement: { open: anybody, of: "endorsement" },
  Event: { ...known.event, of: "event" },
  EventImport: { open: ["staff"], hidden: ["staff"], of: "import" },
  ImportProblem: { open: ["staff"], of: "problem" },
  Organization: { ...known.organization, of: "organization" },
  ReviewItem: { open: ["staff"], of: "reviewItem" },
  Rsvp: { ...known.rsvp, of: "rsvp" },
  Shift: { ...known.event, of: "shift" },
  ShiftSignup: { open: ["stranger"], of: "signup" },
  TurnoutReport: { open: concerned, of: "report" },
};

/** Things that are hidden wherever they are. */
export const secretNodes: NodePolicy[] = [
  { open: known.suggestion.open, of: "suggestion" },
  { open: known.asked.open, of: "asked" },
];
