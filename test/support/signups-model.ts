import { type Arbitrary, array, constant, constantFrom, integer, nat, oneof, record } from "fast-check";

/** One thing that somebody does; people and shifts by their numbers. */
export type Act =
  | { does: "claim"; who: number; shift: number; joins: boolean }
  | { does: "release"; who: number; shift: number }
  | { does: "answer"; who: number; shift: number; yes: boolean }
  | { does: "resize"; shift: number; capacity: number; keepOverfull: boolean }
  | { does: "close" | "open" | "cancel"; shift: number }
  | { does: "pass"; minutes: number };

/** Batches of what people do at the same time. */
export function storms(people: number, shifts: number): Arbitrary<Act[][]> {
  const who = nat(people - 1);
  // Most want to the first: a line that nobody waits in keeps no order.
  const shift = oneof({ weight: 3, arbitrary: constant(0) }, { weight: 2, arbitrary: nat(shifts - 1) });
  const keepOverfull = constantFrom(true, false);
  const joins = constantFrom(true, true, true, false);
  const of = <Does extends Act["does"]>(does: Does) => constant(does);
  const act: Arbitrary<Act> = oneof(
    { weight: 12, arbitrary: record({ does: of("claim"), who, shift, joins }) },
    { weight: 6, arbitrary: record({ does: of("release"), who, shift }) },
    { weight: 3, arbitrary: record({ does: of("answer"), who, shift, yes: constantFrom(true, false) }) },
    {
      weight: 2,
      arbitrary: record({ does: of("resize"), shift, capacity: integer({ min: 1, max: 3 }), keepOverfull }),
    },
    { weight: 1, arbitrary: record({ does: constantFrom("close" as const, "open" as const), shift }) },
    { weight: 1, arbitrary: record({ does: of("cancel"), shift: constant(shifts - 1) }) },
    { weight: 2, arbitrary: record({ does: of("pass"), minutes: constantFrom(1, 240, 1_450) }) },
  );
  return array(array(act, { minLength: 1, maxLength: 8, size: "max" }), {
    minLength: 3,
    maxLength: 10,
    size: "max",
  });
}

/** What may become what. */
const next: Record<string, string[]> = {
  "": ["CONFIRMED", "REQUESTED", "WAITLISTED"],
  WAITLISTED: ["OFFERED", "RELEASED", "CONFIRMED", "REQUESTED"],
  OFFERED: ["CONFIRMED", "REQUESTED", "LAPSED", "RELEASED"],
  REQUESTED: ["CONFIRMED", "RELEASED", "LAPSED"],
  CONFIRMED: ["RELEASED"],
  RELEASED: ["CONFIRMED", "REQUESTED", "WAITLISTED"],
  LAPSED: ["CONFIRMED", "REQUESTED", "WAITLISTED"],
};

export interface StepRow {
  signup_id: string;
  version: number;
  status: string;
  actor_id: string | null;
}

/** What is wrong with the steps of sign-ups: each follows from the one before. */
export function wrongSteps(steps: StepRow[]): string[] {
  const wrong: string[] = [];
  let last: StepRow | undefined;
  for (const step of steps) {
    const before = last?.signup_id === step.signup_id ? last : undefined;
    if (step.version !== (before?.version ?? 0) + 1) wrong.push(`step ${step.version} follows ${before?.version}`);
    if (!next[before?.status ?? ""]!.includes(step.status)) wrong.push(`${step.status} follows ${before?.status}`);
    last = step;
  }
  return wrong;
}
