import { registerEnumType } from "type-graphql";

export enum RsvpStatus {
  PENDING = "PENDING",
  GOING = "GOING",
  WAITLISTED = "WAITLISTED",
  CANCELLED = "CANCELLED",
}
registerEnumType(RsvpStatus, {
  name: "RsvpStatus",
  description: "Where an RSVP stands.",
  valuesConfig: {
    PENDING: { description: "Its e-mail address is not confirmed yet; holds no place, and lapses after 48 hours." },
    GOING: { description: "Holds places: one, and one for each guest." },
    WAITLISTED: { description: "Waits, in the order of arrival, for places enough for the whole party." },
    CANCELLED: { description: "Given back." },
  },
});
