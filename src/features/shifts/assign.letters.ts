import { SignupStatus } from "./shift.values.js";
import { until, whileIt } from "./signup.letters.js";

export const assignedLetter = whileIt(
  "signup-assigned",
  SignupStatus.OFFERED,
  "You are asked to take a shift",
  (facts, { config }) =>
    `A coordinator asks you to take a place on this shift. It is kept for you until ${until(facts)}: sign in with this address at ${config.publicUrl} and claim it in time. If you do nothing, it goes to others.`,
);
