import type { Context } from "../../platform/context.js";
import type { Transaction } from "../../platform/database/transact.js";
import { audit } from "../../platform/audit/audit.js";
import { accessEnded, findPerson, personWith } from "../people/index.js";
import type { EventRoleInput } from "./event.inputs.js";
import { follow, unfollow } from "./event.follow.js";
import { canManage } from "./event.policy.js";
import { EventRoleAssignment } from "./event.records.js";
import { type EventAnswer, type LockedEvent, withEvent } from "./event.lock.js";
import { tellRole } from "./role.letters.js";
import { FollowReason } from "./event.values.js";

const what = "give or take roles at this event";

/** Gives a person a role at an event; says the same whether the address has an account or not. */
export const assignEventRole = (ctx: Context, input: EventRoleInput): Promise<EventAnswer> =>
  withEvent(ctx, "assignEventRole", input, what, canManage, async (tx, event) => {
    const personId = await personWith(tx, input.email);
    const assignment = { eventId: event.id, personId, role: input.role };
    if (await tx.db.existsBy(EventRoleAssignment, assignment)) return;
    await tx.db.insert(EventRoleAssignment, assignment);
    await follow(tx, event, personId, FollowReason.ROLE);
    await tellRole(tx, assignment);
    await noted(tx, event);
  });

/** Takes a role away, at once: requests are refused and subscriptions end. */
export const removeEventRole = (ctx: Context, input: EventRoleInput): Promise<EventAnswer> =>
  withEvent(ctx, "removeEventRole", input, what, canManage, async (tx, event) => {
    const personId = await findPerson(tx, input.email);
    if (!personId) return;
    const gone = await tx.db.delete(EventRoleAssignment, { eventId: event.id, personId, role: input.role });
    if (!gone.affected) return;
    if (!(await tx.db.existsBy(EventRoleAssignment, { eventId: event.id, personId })))
      await unfollow(tx, event, personId, FollowReason.ROLE);
    accessEnded(tx, personId);
    await noted(tx, event);
  });

const noted = (tx: Transaction, { id, campaignId }: LockedEvent): Promise<void> =>
  audit(tx, { type: "Event", id, scopes: [id, campaignId], fields: ["role"] });
