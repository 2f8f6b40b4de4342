import { registerEnumType } from "type-graphql";

export enum DispatchStatus {
  PROMISED = "PROMISED",
  WITHDRAWN = "WITHDRAWN",
}
registerEnumType(DispatchStatus, {
  name: "DispatchStatus",
  description: "Where an organization's promise of peacekeepers stands.",
  valuesConfig: {
    PROMISED: { description: "It stands." },
    WITHDRAWN: { description: "It was taken back, or the event's coordinators declined it; it counts nowhere." },
  },
});

/** How many one organization may promise for one event. */
export const mostPromised = 1_000;
