import { IsNull, LessThanOrEqual, Not } from "typeorm";
import { type Services, systemContext } from "../../platform/context.js";
import { transact } from "../../platform/database/transact.js";
import { every } from "../../platform/jobs/queue.js";
import { tellDue } from "./qualification.letters.js";
import { Qualification } from "./qualification.js";

const batch = 500;

/** Tells people 30 days before that a clearance expires. */
export const renewals = every("qualification renewals", 3_600, async (services: Services) => {
  const system = systemContext(services);
  for (let told = batch; told === batch;)
    told = await transact(system, "remindOfRenewal", async (tx) => {
      const due = await tx.db.find(Qualification, {
        where: { remindAt: LessThanOrEqual(tx.now()), expiresAt: Not(IsNull()) },
        order: { remindAt: "ASC", id: "ASC" },
        take: batch,
        lock: { mode: "pessimistic_write", onLocked: "skip_locked" },
      });
      if (due.length > 0) await tellDue(tx, due as (Qualification & { expiresAt: Date })[]);
      return due.length;
    });
});
