import "./rsvp.merge.js";
import "./rsvp.personal.js";

export { cancelRsvp, confirmRsvp, rsvpOfLink } from "./answer.service.js";
export { forgetRsvps } from "./rsvp.forget.js";
export { Rsvp, RsvpCounter } from "./rsvp.js";
export { rsvpUrl } from "./rsvp.token.js";
export { RsvpStatus } from "./rsvp.values.js";
