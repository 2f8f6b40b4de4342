import type { Services } from "../../platform/context.js";
import { someAtATime } from "../../platform/database/forget.js";
import { dayMs } from "./qualification.policy.js";

const keptMs = 30 * dayMs;

/** Erases names 30 days after a request was declined or the clearance ended: until then admins must know whom they clear. */
export const forgetQualifications = ({ pool, now }: Pick<Services, "pool" | "now">): Promise<void> =>
  someAtATime(pool, "UPDATE qualifications SET name_sealed = NULL", {
    table: "qualifications",
    where: `name_sealed IS NOT NULL AND requested_at IS NULL
      AND CASE status WHEN 'CLEARED' THEN expires_at ELSE decided_at END < $1`,
    values: [new Date(now().getTime() - keptMs)],
  });
