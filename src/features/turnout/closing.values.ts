import { registerEnumType } from "type-graphql";

export enum TurnoutAct {
  CLOSED = "CLOSED",
  CERTIFIED = "CERTIFIED",
  REOPENED = "REOPENED",
}
registerEnumType(TurnoutAct, {
  name: "TurnoutAct",
  description: "What people decided about the number of an event.",
  valuesConfig: {
    CLOSED: { description: "It is FINAL: stated, or the peak of what had been reported until then." },
    CERTIFIED: { description: "The campaign's staff stand by it." },
    REOPENED: { description: "Reports move it again." },
  },
});
