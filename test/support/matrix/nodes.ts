import { known } from "./known.js";
import { anybody, concerned, coordinators, type Role } from "./people.js";
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
  ApiKey: { ...known.apiKey, of: "apiKey" },
  CallOut: { ...known.callOut, of: "callOut" },
  Campaign: { ...known.campaign, of: "campaign" },
  City: { open: anybody, of: "city" },
  Coverage: { ...known.coverage, of: "coverage" },
  CoverRequest: { ...known.cover, of: "cover" },
  Demand: { ...known.campaign, of: "demand" },
  DispatchPledge: { ...known.dispatch, of: "dispatch" },
  Endorsement: { open: anybody, of: "endorsement" },
  Event: { ...known.event, of: "event" },
  EventImport: { open: ["staff"], hidden: ["staff"], of: "import" },
  ImportProblem: { open: ["staff"], of: "problem" },
  Organization: { ...known.organization, of: "organization" },
  PeacekeeperMessage: { open: [...coordinators, "peacekeeper"], hidden: coordinators, of: "message" },
  Qualification: { ...known.qualification, of: "qualification" },
  ReviewItem: { open: ["staff"], of: "reviewItem" },
  Rsvp: { ...known.rsvp, of: "rsvp" },
  Shift: { ...known.event, of: "shift" },
  ShiftSignup: { ...known.request, of: "requested" },
  ShiftSwap: { ...known.swap, of: "swap" },
  TurnoutLink: { ...known.turnoutLink, of: "turnoutLink" },
  TurnoutReport: { open: concerned, of: "report" },
  TurnoutReporter: { open: coordinators, of: "turnoutReporter" },
  Webhook: { ...known.webhook, of: "webhook" },
  WebhookDelivery: { ...known.webhook, of: "webhookDelivery" },
};

/** Things that are hidden wherever they are. */
export const secretNodes: NodePolicy[] = [
  { open: known.suggestion.open, of: "suggestion" },
  { open: known.asked.open, of: "asked" },
  { open: [...coordinators, "peacekeeper"], of: "held" },
];
