import { timingSafeEqual } from "node:crypto";
import type { Context } from "../../platform/context.js";
import { newId } from "../../platform/database/ids.js";
import { transact, type Transaction } from "../../platform/database/transact.js";
import { ErrorReason, Refusal } from "../../platform/errors.js";
import { newCode, newToken, tokenHash } from "../../platform/secrets.js";
import { accessEnded } from "./person.changes.js";
import { Person, Session, SignInCode } from "./person.js";

const minutes = 60_000;
const codeLifeMs = 10 * minutes;
const triesPerCode = 5;
const requestsPerHour = 5;
const sessionLifeMs = 30 * 24 * 60 * minutes;

/** One address however it is typed: case never tells two mailboxes apart in practice. */
const normal = (email: string): string => email.normalize("NFC").trim().toLowerCase();
const emailHash = (ctx: Context, email: string): Buffer => ctx.secrets.fingerprint("email", normal(email));
const codeHash = (ctx: Context, email: Buffer, code: string): Buffer =>
  ctx.secrets.fingerprint("code", `${email.toString("hex")}:${code}`);

/** Mails a one-time code. Says and does the same for known and unknown addresses. */
export async function requestSignInCode(ctx: Context, email: string): Promise<void> {
  const hash = emailHash(ctx, email);
  const code = newCode();
  const granted = await transact(ctx, "requestSignInCode", (tx) => replaceCode(tx, hash, codeHash(ctx, hash, code)));
  // Beyond the limit nothing is sent, and nothing tells so: the limit must not show who signs in when.
  if (!granted) return;
  await ctx.mailer.send({
    to: normal(email),
    subject: "Your sign-in code",
    text: `Your sign-in code is ${code}\n\nIt is valid for ten minutes. If you did not ask for it, you need not do anything.\n`,
  });
}

async function replaceCode(tx: Transaction, email: Buffer, code: Buffer): Promise<boolean> {
  const now = tx.now();
  const granted: unknown[] = await tx.db.query(
    `INSERT INTO sign_in_codes AS c (email_hash, code_hash, tries, expires_at, requests, first_requested_at)
     VALUES ($1, $2, 0, $3, 1, $4)
     ON CONFLICT (email_hash) DO UPDATE SET code_hash = $2, tries = 0, expires_at = $3,
       requests = CASE WHEN c.first_requested_at < $5 THEN 1 ELSE c.requests + 1 END,
       first_requested_at = CASE WHEN c.first_requested_at < $5 THEN $4 ELSE c.first_requested_at END
     WHERE c.requests < $6 OR c.first_requested_at < $5
     RETURNING email_hash`,
    [email, code, new Date(now.getTime() + codeLifeMs), now, new Date(now.getTime() - 60 * minutes), requestsPerHour],
  );
  return granted.length > 0;
}

/** Trades a code for a token; the first sign-in of an address makes its account. */
export async function signIn(
  ctx: Context,
  email: string,
  code: string,
): Promise<{ token: string; personId: string; sessionId: string }> {
  const hash = emailHash(ctx, email);
  // The try is counted in a transaction of its own: a refusal must not undo it.
  const right = await transact(ctx, "signIn", (tx) => tryCode(tx, hash, codeHash(ctx, hash, code)));
  if (!right)
    throw new Refusal("UNAUTHENTICATED", "This code is wrong or no longer valid; request a new one.", {
      reason: ErrorReason.CODE_WRONG_OR_EXPIRED,
    });
  return transact(ctx, "signIn", async (tx) => {
    const personId = await personWith(tx, email);
    const token = newToken();
    const sessionId = newId();
    const now = tx.now();
    await tx.db.insert(Session, {
      id: sessionId,
      tokenHash: tokenHash(token),
      personId,
      createdAt: now,
      expiresAt: new Date(now.getTime() + sessionLifeMs),
    });
    return { token, personId, sessionId };
  });
}

async function tryCode(tx: Transaction, email: Buffer, code: Buffer): Promise<boolean> {
  const [tried]: [{ code_hash: Buffer }[], number] = await tx.db.query(
    `UPDATE sign_in_codes SET tries = tries + 1 WHERE email_hash = $1 AND tries < $2 AND expires_at > $3 RETURNING code_hash`,
    [email, triesPerCode, tx.now()],
  );
  const right = tried[0] !== undefined && timingSafeEqual(tried[0].code_hash, code);
  if (right) await tx.db.update(SignInCode, { emailHash: email }, { expiresAt: tx.now() });
  return right;
}

/** The account of an address, if there is one. */
export const findPerson = async (tx: Transaction, email: string): Promise<string | undefined> =>
  (await tx.db.findOneBy(Person, { emailHash: emailHash(tx, email) }))?.id;

/** The account of an address; made when there is none. */
export async function personWith(tx: Transaction, email: string): Promise<string> {
  const hash = emailHash(tx, email);
  await tx.db.query(
    `INSERT INTO people (id, email_hash, email_sealed, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT (email_hash) DO NOTHING`,
    [newId(), hash, tx.secrets.seal(normal(email)), tx.now()],
  );
  return (await tx.db.findOneByOrFail(Person, { emailHash: hash })).id;
}

/** One person's calls wait for each other from here on, also those about different things: what they do so often can be counted. */
export const lockPerson = (tx: Transaction, id: string): Promise<Person | null> =>
  tx.db.findOne(Person, { where: { id }, lock: { mode: "for_no_key_update" } });

/** Ends the session that the request came with, and its sockets. */
export function signOut(ctx: Context, sessionId: string): Promise<void> {
  return transact(ctx, "signOut", async (tx) => {
    await tx.db.delete(Session, { id: sessionId });
    accessEnded(tx, sessionId);
  });
}

/** The address of a person: for that person, and on the mails to them. */
export async function emailOf(ctx: Context, personId: string): Promise<string> {
  const person = await ctx.db.findOneByOrFail(Person, { id: personId });
  return ctx.secrets.open(person.emailSealed);
}
