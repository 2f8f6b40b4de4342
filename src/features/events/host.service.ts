import { audit } from "../../platform/audit/audit.js";
import { allow, type Context, signedIn } from "../../platform/context.js";
import { fromGlobalId } from "../../platform/database/ids.js";
import type { Transaction } from "../../platform/database/transact.js";
import { ErrorReason, Refusal } from "../../platform/errors.js";
import { ChangeKind } from "../../platform/graphql/live.js";
import { organizationOf } from "../organizations/index.js";
import { eventChanged } from "./event.changes.js";
import { EventHost } from "./event.host.js";
import { type EventAnswer, type LockedEvent, withEvent } from "./event.lock.js";
import { canLead } from "./event.policy.js";
import { askToCoHost } from "./host.letters.js";
import { HostRole, HostStatus } from "./event.values.js";
import type { CoHostInput } from "./life.inputs.js";

const idOf = (input: CoHostInput): string => fromGlobalId("Organization", input.organizationId, "input.organizationId");

/** Asks an organization to host with the others; its name shows once it has agreed. */
export const inviteCoHost = (ctx: Context, input: CoHostInput): Promise<EventAnswer> =>
  withEvent(ctx, "inviteCoHost", input, "invite co-hosts: those who lead the event may", canLead, async (tx, event) => {
    const organizationId = await organizationOf(tx, input);
    const host = await tx.db.findOneBy(EventHost, { eventId: event.id, organizationId });
    if (host && host.status !== HostStatus.DECLINED) return;
    const status = signedIn(tx).adminOf.includes(organizationId) ? HostStatus.ACCEPTED : HostStatus.INVITED;
    const row = { eventId: event.id, organizationId, role: HostRole.CO_HOST, status, invitedAt: tx.now() };
    await tx.db.upsert(EventHost, row, ["eventId", "organizationId"]);
    await hostsChanged(tx, event, organizationId);
    if (status === HostStatus.INVITED) await askToCoHost(tx, event.id, organizationId);
  });

/** The organization agrees to host. */
export const acceptCoHosting = (ctx: Context, input: CoHostInput): Promise<EventAnswer> =>
  answerInvitation(ctx, "acceptCoHosting", input, HostStatus.ACCEPTED);

/** The organization does not want to host. */
export const declineCoHosting = (ctx: Context, input: CoHostInput): Promise<EventAnswer> =>
  answerInvitation(ctx, "declineCoHosting", input, HostStatus.DECLINED);

const answerInvitation = (
  ctx: Context,
  operation: string,
  input: CoHostInput,
  status: HostStatus,
): Promise<EventAnswer> =>
  withEvent(
    ctx,
    operation,
    input,
    "answer for this event",
    () => true,
    async (tx, event) => {
      const organizationId = idOf(input);
      allow(signedIn(tx).adminOf.includes(organizationId), "answer for this organization: you are not its admin");
      const host = await tx.db.findOneBy(EventHost, { eventId: event.id, organizationId });
      const declined = host?.status === HostStatus.DECLINED && status === HostStatus.ACCEPTED;
      if (!host || host.role === HostRole.LEAD || declined)
        throw new Refusal("CONFLICT", "The organization is not invited to host this event.", {
          reason: ErrorReason.NOT_INVITED,
        });
      if (host.status === status) return;
      await tx.db.update(EventHost, { eventId: event.id, organizationId }, { status });
      await hostsChanged(tx, event, organizationId);
    },
  );

/** Ends co-hosting, by those who lead the event or by the organization itself. */
export const removeCoHost = (ctx: Context, input: CoHostInput): Promise<EventAnswer> =>
  withEvent(
    ctx,
    "removeCoHost",
    input,
    "end this co-hosting",
    (viewer, event) => canLead(viewer, event) || viewer.adminOf.includes(idOf(input)),
    async (tx, event) => {
      const organizationId = idOf(input);
      const gone = await tx.db.delete(EventHost, { eventId: event.id, organizationId, role: HostRole.CO_HOST });
      if (gone.affected) await hostsChanged(tx, event, organizationId);
    },
  );

async function hostsChanged(tx: Transaction, event: LockedEvent, organizationId: string): Promise<void> {
  eventChanged(tx, event, ChangeKind.UPDATED);
  await audit(tx, {
    type: "Event",
    id: event.id,
    scopes: [event.id, event.campaignId, ...new Set([event.leadId, organizationId])],
    fields: ["hosts"],
  });
}
