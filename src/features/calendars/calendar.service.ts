import { audit } from "../../platform/audit/audit.js";
import { type Context, signedIn } from "../../platform/context.js";
import { type Repeatable, transactOnce } from "../../platform/database/idempotency.js";
import type { Transaction } from "../../platform/database/transact.js";
import { newToken, tokenHash } from "../../platform/secrets.js";
import { CalendarLink } from "./calendar.link.js";

const tokenOf = ({ secrets }: Pick<Context, "secrets">, seed: string): string =>
  secrets.fingerprint("calendar", seed).toString("base64url");

/** The viewer's link, if there is one. */
export const calendarLink = (ctx: Context): Promise<CalendarLink | null> =>
  ctx.db.findOneBy(CalendarLink, { personId: signedIn(ctx).personId });

/** Makes the secret address of the viewer's calendar; the one before leads nowhere from now on. */
export async function makeCalendarLink(ctx: Context, input: Repeatable): Promise<{ url: string }> {
  const { personId } = signedIn(ctx);
  // What a repeated call is answered with is kept for a day: a seed, of which only the server's key makes the address.
  const { seed } = await transactOnce(ctx, "makeCalendarLink", input, async (tx) => {
    const made = newToken();
    const link = { personId, tokenHash: tokenHash(tokenOf(tx, made)), madeAt: tx.now() };
    await tx.db.upsert(CalendarLink, link, ["personId"]);
    await noted(tx, personId);
    return { seed: made };
  });
  return { url: `${ctx.config.publicUrl}/calendar/${tokenOf(ctx, seed)}.ics` };
}

/** Has the address lead nowhere; again is harmless. */
export function removeCalendarLink(ctx: Context, input: Repeatable): Promise<{ personId: string }> {
  const { personId } = signedIn(ctx);
  return transactOnce(ctx, "removeCalendarLink", input, async (tx) => {
    const { affected } = await tx.db.delete(CalendarLink, { personId });
    if (affected) await noted(tx, personId);
    return { personId };
  });
}

const noted = (tx: Transaction, personId: string): Promise<void> =>
  audit(tx, { type: "Viewer", id: personId, scopes: [personId], fields: ["calendarLink"] });
