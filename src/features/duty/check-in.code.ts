import { randomInt } from "node:crypto";
import { Field, ObjectType } from "type-graphql";
import { Column, Entity, ForeignKey, PrimaryColumn } from "typeorm";
import { audit } from "../../platform/audit/audit.js";
import { allow, type Context, signedIn } from "../../platform/context.js";
import { fromGlobalId } from "../../platform/database/ids.js";
import { transact, type Transaction } from "../../platform/database/transact.js";
import { badInput, ErrorReason } from "../../platform/errors.js";
import { DateTime } from "../../platform/graphql/scalars.js";
import { canCoordinate, Event, type EventAnswer, lockEvent, withEvent } from "../events/index.js";
import type { ReplaceCheckInCodeInput } from "./check-in.inputs.js";

@Entity("check_in_codes")
@ObjectType({ description: "What stands at an event's check-in point." })
export class CheckInCode {
  @ForeignKey(() => Event, { onDelete: "CASCADE" })
  @PrimaryColumn("uuid")
  eventId!: string;
  @Column("bytea") codeSealed!: Buffer;

  @Field(() => DateTime, { description: "Since when it is right." })
  @Column("timestamptz")
  madeAt!: Date;

  @Field({ description: "6 letters and digits." })
  code!: string;
}

/** Letters and digits that nobody takes for another, said aloud or written by hand. */
const alphabet = "34679ACDEFGHJKMNPQRTUVWXY";
const length = 6;

const newCode = (): string => Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join("");

/** Makes the event's code, or another in place of it: the old one is worth nothing from then on. */
export const replaceCheckInCode = (ctx: Context, input: ReplaceCheckInCodeInput): Promise<EventAnswer> =>
  withEvent(ctx, "replaceCheckInCode", input, what, canCoordinate, async (tx, { id: eventId, campaignId }) => {
    const code = { eventId, codeSealed: tx.secrets.seal(newCode()), madeAt: tx.now() };
    await tx.db.upsert(CheckInCode, code, ["eventId"]);
    await audit(tx, { type: "Event", id: eventId, scopes: [eventId, campaignId], fields: ["checkInCode"] });
  });

const what = "see or replace the check-in code: the event's coordinators, hosts and staff may";

/** The event's code, for those who coordinate it; each look is kept. */
export function checkInCode(ctx: Context, globalId: string): Promise<CheckInCode | null> {
  const viewer = signedIn(ctx);
  return transact(ctx, "checkInCode", async (tx) => {
    const event = await lockEvent(tx, fromGlobalId("Event", globalId, "eventId"), "pessimistic_read");
    allow(canCoordinate(viewer, event), what);
    await audit(tx, { type: "Event", id: event.id, scopes: [event.id, event.campaignId], fields: ["checkInCode"] });
    return codeOf(tx, event.id);
  });
}

/** The code of an event, open. */
export async function codeOf({ db, secrets }: Context, eventId: string): Promise<CheckInCode | null> {
  const row = await db.findOneBy(CheckInCode, { eventId });
  return row && Object.assign(row, { code: secrets.open(row.codeSealed) });
}

/** Refuses a code that is not the one of this event. */
export async function refuseWrongCode(tx: Transaction, eventId: string, said: string): Promise<void> {
  const right = await codeOf(tx, eventId);
  if (said.replaceAll(/[\s-]/g, "").toUpperCase() !== right?.code)
    throw badInput(
      "input.code",
      "is not the code of this check-in point; look again, or ask a coordinator to check you in",
      ErrorReason.CODE_WRONG_OR_EXPIRED,
    );
}
