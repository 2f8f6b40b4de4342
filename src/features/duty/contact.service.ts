import { audit } from "../../platform/audit/audit.js";
import { allow, type Context, signedIn } from "../../platform/context.js";
import { fromGlobalId, newId } from "../../platform/database/ids.js";
import { transact } from "../../platform/database/transact.js";
import { Refusal } from "../../platform/errors.js";
import { assured, lockSignup, peacekeeperOf, type ShiftRow } from "../shifts/index.js";
import { ContactShowing, type PeacekeeperContact } from "./contact.js";

const hourMs = 3_600_000;
const [hoursBefore, hoursAfter] = [24, 4];

/** How a peacekeeper is reached, for those who coordinate a shift that they hold, around its time; each showing is kept, and theirs to see. */
export function peacekeeperContact(ctx: Context, signupId: string): Promise<PeacekeeperContact> {
  signedIn(ctx);
  const id = fromGlobalId("ShiftSignup", signupId, "signupId");
  return transact(ctx, "peacekeeperContact", async (tx) => {
    const what = "see how this peacekeeper is reached";
    const { at, signup } = await lockSignup(tx, id, what);
    allow(assured.includes(signup.status), `${what}: they hold no confirmed place on the shift`);
    refuseOutside(at.shift, tx.now());
    const { personId } = signup;
    await tx.db.insert(ContactShowing, { id: newId(), personId, eventId: at.event.id, at: tx.now() });
    const scopes = [at.event.id, at.event.campaignId];
    await audit(tx, { type: "ShiftSignup", id, scopes, fields: ["contact"] });
    const { nameSealed, phoneSealed } = await peacekeeperOf(tx, personId);
    const open = (sealed: Buffer | null): string | null => sealed && tx.secrets.open(sealed);
    return { name: open(nameSealed), phone: open(phoneSealed) };
  });
}

function refuseOutside({ startsAt, endsAt }: ShiftRow, now: Date): void {
  const from = new Date(startsAt.getTime() - hoursBefore * hourMs);
  const until = new Date(endsAt.getTime() + hoursAfter * hourMs);
  if (now >= from && now < until) return;
  throw new Refusal(
    "FORBIDDEN",
    `You may see how this peacekeeper is reached from ${from.toISOString()} until ${until.toISOString()}: ${hoursBefore} hours before the shift until ${hoursAfter} hours after it. Else write to them: messagePeacekeepers.`,
  );
}
