import { audit } from "../../platform/audit/audit.js";
import type { Context } from "../../platform/context.js";
import { fromGlobalId } from "../../platform/database/ids.js";
import type { Transaction } from "../../platform/database/transact.js";
import { badInput, ErrorReason } from "../../platform/errors.js";
import { ChangeKind } from "../../platform/graphql/live.js";
import {
  canManage,
  type EventAnswer,
  eventChanged,
  EventType,
  type LockedEvent,
  ReviewStatus,
  withEvent,
} from "../events/index.js";
import { canDecide } from "./qualification.policy.js";
import { checkVerified, conflict } from "./qualification.rules.js";
import type { RemoveTrainingInput, SetTrainingInput } from "./training.inputs.js";
import { Training } from "./training.js";

const noTraining = "This event is no training that clears.";

/** Says what a training clears those for who attend; again changes it for those whose attendance is recorded later. */
export function setTraining(ctx: Context, input: SetTrainingInput): Promise<EventAnswer> {
  const organizationOf = (): string => fromGlobalId("Organization", input.organizationId, "input.organizationId");
  return withEvent(
    ctx,
    "setTraining",
    input,
    "say what this event clears for: who manages it and is an admin of the organization may",
    (viewer, event) => canManage(viewer, event) && canDecide(viewer, { organizationId: organizationOf() }),
    async (tx, event) => {
      const { kind, validDays } = input;
      const wanted = { eventId: event.id, organizationId: organizationOf(), kind, validDays };
      await checkTraining(tx, event, wanted.organizationId);
      if (await tx.db.existsBy(Training, wanted)) return;
      await tx.db.upsert(Training, wanted, ["eventId"]);
      await note(tx, event, wanted.organizationId);
    },
  );
}

async function checkTraining(tx: Transaction, event: LockedEvent, organizationId: string): Promise<void> {
  if (event.type !== EventType.TRAINING) throw conflict(noTraining, ErrorReason.EVENT_NOT_TRAINING);
  if (event.review !== ReviewStatus.APPROVED)
    throw conflict("The event is not approved yet.", ErrorReason.EVENT_NOT_APPROVED);
  if (!event.hostIds.includes(organizationId))
    throw badInput("input.organizationId", "must be an organization that hosts the event");
  await checkVerified(tx, organizationId);
}

function note(tx: Transaction, event: LockedEvent, organizationId: string): Promise<void> {
  eventChanged(tx, event, ChangeKind.UPDATED);
  return audit(tx, {
    type: "Event",
    id: event.id,
    scopes: [event.id, event.campaignId, organizationId],
    fields: ["training"],
  });
}

/** Makes it clear for nothing any more; whom it has cleared stays so. Again is harmless. */
export const removeTraining = (ctx: Context, input: RemoveTrainingInput): Promise<EventAnswer> =>
  withEvent(
    ctx,
    "removeTraining",
    input,
    "say that this event clears for nothing: those who manage it may",
    canManage,
    async (tx, event) => {
      const training = await tx.db.findOneBy(Training, { eventId: event.id });
      if (!training) return;
      await tx.db.delete(Training, { eventId: event.id });
      await note(tx, event, training.organizationId);
    },
  );

/** What attending an event clears for now: one whose organization hosts no longer clears for nothing. */
export async function trainingOf(tx: Transaction, event: LockedEvent): Promise<Training> {
  const training = await tx.db.findOneBy(Training, { eventId: event.id });
  if (!training || !event.hostIds.includes(training.organizationId))
    throw conflict(noTraining, ErrorReason.EVENT_NOT_TRAINING);
  return training;
}
