import { MoreThan } from "typeorm";
import { audit } from "../../platform/audit/audit.js";
import { allow, type Context, signedIn } from "../../platform/context.js";
import { transactOnce } from "../../platform/database/idempotency.js";
import { fromGlobalId, newId } from "../../platform/database/ids.js";
import type { Transaction } from "../../platform/database/transact.js";
import { badInput, ErrorReason, Refusal } from "../../platform/errors.js";
import { tidy } from "../../platform/graphql/text.js";
import { canCoordinate, lockEvent, lockEventBehind, type LockedEvent } from "../events/index.js";
import { sendLetter } from "../letters/index.js";
import { lockPerson } from "../people/index.js";
import { assured, isAssured, lockOwn, Shift, ShiftStatus, tellCoordinators } from "../shifts/index.js";
import { refuseSettled } from "./duty.window.js";
import type { MessageCoordinatorsInput, MessagePeacekeepersInput } from "./message.inputs.js";
import { toCoordinators, toPeacekeeper } from "./message.letters.js";
import { CoordinatorMessage, MessageAudience, PeacekeeperMessage } from "./message.js";

const dayMs = 24 * 3_600_000;
const perDay = { event: 20, person: 5 };

/** Has a message relayed to peacekeepers: none of them learns another's address, nor the sender's. */
export function messagePeacekeepers(ctx: Context, input: MessagePeacekeepersInput): Promise<{ messageId: string }> {
  const viewer = signedIn(ctx);
  return transactOnce(ctx, "messagePeacekeepers", input, async (tx) => {
    const { event, shiftId } = await addressOf(tx, input);
    allow(canCoordinate(viewer, event), "write to these peacekeepers: the event's coordinators, hosts and staff may");
    await refuseTooMany(tx, event.id);
    const message = { id: newId(), eventId: event.id, shiftId, audience: input.to, sentAt: tx.now(), recipients: 0 };
    await tx.db.insert(PeacekeeperMessage, { ...message, subject: tidy(input.subject)!, text: tidy(input.text)! });
    await relay(tx, message);
    await audit(tx, { type: "PeacekeeperMessage", id: message.id, scopes: [event.id, event.campaignId] });
    return { messageId: message.id };
  });
}

/** The event, locked, so that messages to it are counted one after the other; and the shift where it is for one. */
async function addressOf(
  tx: Transaction,
  { to, eventId, shiftId }: MessagePeacekeepersInput,
): Promise<{ event: LockedEvent; shiftId: string | null }> {
  const toShift = to === MessageAudience.SHIFT;
  refuseUnlessGiven("shiftId", shiftId, toShift);
  refuseUnlessGiven("eventId", eventId, !toShift);
  if (!shiftId) return { event: await lockEvent(tx, fromGlobalId("Event", eventId!, "input.eventId")), shiftId: null };
  const found = await tx.db.findOneBy(Shift, { id: fromGlobalId("Shift", shiftId, "input.shiftId") });
  const { thing: shift, event } = await lockEventBehind(tx, found, "shift");
  if (shift.status === ShiftStatus.DRAFT && !canCoordinate(signedIn(tx), event))
    throw new Refusal("NOT_FOUND", "There is no such shift.");
  return { event, shiftId: shift.id };
}

function refuseUnlessGiven(field: string, id: string | null | undefined, needed: boolean): void {
  if (needed === Boolean(id)) return;
  throw badInput(`input.${field}`, needed ? "must say to whom" : "must be left out: `to` says to whom");
}

async function refuseTooMany(tx: Transaction, eventId: string): Promise<void> {
  const sentAt = MoreThan(new Date(tx.now().getTime() - dayMs));
  if ((await tx.db.countBy(PeacekeeperMessage, { eventId, sentAt })) >= perDay.event)
    throw limit(`An event's peacekeepers get at most ${perDay.event} messages in 24 hours.`);
}

const limit = (message: string): Refusal => new Refusal("CONFLICT", message, { reason: ErrorReason.LIMIT_REACHED });

const chosen: Record<MessageAudience, string> = {
  SHIFT: isAssured("g"),
  EVENT: isAssured("g"),
  ON_DUTY: "g.status = 'CHECKED_IN'",
};

async function relay(
  tx: Transaction,
  { id, eventId, shiftId, audience }: Pick<PeacekeeperMessage, "id" | "eventId" | "shiftId" | "audience">,
): Promise<void> {
  const people: { id: string }[] = await tx.db.query(
    `INSERT INTO peacekeeper_message_recipients (message_id, person_id)
     SELECT DISTINCT $1::uuid, g.person_id FROM shift_signups g JOIN shifts s ON s.id = g.shift_id
     WHERE s.event_id = $2 AND ($3::uuid IS NULL OR s.id = $3) AND ${chosen[audience]} RETURNING person_id AS id`,
    [id, eventId, shiftId],
  );
  await tx.db.update(PeacekeeperMessage, { id }, { recipients: people.length });
  const letters = people.map((person) => ({ personId: person.id, key: `${id}:${person.id}`, data: { messageId: id } }));
  await sendLetter(tx, toPeacekeeper, letters);
}

/** Relays what a peacekeeper has to say to the coordinators of their shift. */
export function messageCoordinators(ctx: Context, input: MessageCoordinatorsInput): Promise<{ shiftId: string }> {
  const { personId } = signedIn(ctx);
  return transactOnce(ctx, "messageCoordinators", input, async (tx) => {
    const { at } = await lockOwn(tx, input.shiftId, assured);
    const { shift, event } = at;
    refuseSettled(shift, tx.now());
    await lockPerson(tx, personId);
    const sentAt = MoreThan(new Date(tx.now().getTime() - dayMs));
    if ((await tx.db.countBy(CoordinatorMessage, { personId, sentAt })) >= perDay.person)
      throw limit(`You may write to coordinators ${perDay.person} times in 24 hours.`);
    const message = { id: newId(), shiftId: shift.id, personId, sentAt: tx.now() };
    await tx.db.insert(CoordinatorMessage, { ...message, textSealed: tx.secrets.seal(tidy(input.text)!) });
    const data = { eventId: event.id, messageId: message.id };
    await tellCoordinators(tx, toCoordinators, data, message.id);
    await audit(tx, { type: "Shift", id: shift.id, scopes: [event.id, event.campaignId], unnamed: true });
    return { shiftId: shift.id };
  });
}
