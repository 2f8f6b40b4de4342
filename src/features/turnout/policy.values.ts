import { registerEnumType } from "type-graphql";

export enum ReportingPolicy {
  NAMED = "NAMED",
  OPEN = "OPEN",
}
registerEnumType(ReportingPolicy, {
  name: "ReportingPolicy",
  description: "Who may report turnout in a campaign.",
  valuesConfig: {
    NAMED: {
      description:
        "Hosts, coordinators, named reporters, peacekeepers who have a place there, holders of a link, and staff.",
    },
    OPEN: {
      description: "Also everybody who is signed in, of public events; all these together never outweigh the others.",
    },
  },
});

export enum TurnoutPublishing {
  NOW = "NOW",
  AFTER_REVIEW = "AFTER_REVIEW",
  AFTER_DAY = "AFTER_DAY",
}
registerEnumType(TurnoutPublishing, {
  name: "TurnoutPublishing",
  description: "When everybody may read the turnout of a campaign; those concerned with an event always may.",
  valuesConfig: {
    NOW: { description: "As reports come in." },
    AFTER_REVIEW: { description: "Of each event once it is FINAL or CERTIFIED; sums are of those." },
    AFTER_DAY: { description: "Once the last day of the campaign has ended everywhere." },
  },
});
