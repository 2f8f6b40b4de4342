import type { Context } from "../../platform/context.js";
import type { Mail } from "../../platform/mail.js";
import { kindNamed, type Letter } from "./letter.kinds.js";
import type { QueuedLetter } from "./letter.js";
import { stopUrl } from "./letter.stops.js";

/** A letter as the mail that carries it, with the ways to stop more of its like. */
export function mailOf(ctx: Context, { kind, key, personId }: QueuedLetter, letter: Letter, to: string): Mail {
  const subject = letter.subject.replaceAll(/\s+/g, " ").trim();
  const headers = { "Message-ID": messageId(ctx, kind, key), "Auto-Submitted": "auto-generated" };
  if (kindNamed(kind).essential) return { to, subject, text: `${letter.text.trim()}\n`, headers };
  return {
    to,
    subject,
    text: `${letter.text.trim()}\n\n-- \n${footer(ctx, personId, letter.about)}`,
    headers: {
      ...headers,
      // RFC 8058: a mail program's own button stops them with one click.
      "List-Unsubscribe": `<${stopUrl(ctx, personId, letter.about)}>`,
      "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    },
  };
}

/** The same for the same letter: a mailbox that gets it twice, because a worker was killed, can tell and show it once. */
const messageId = ({ secrets, config }: Context, kind: string, key: string): string =>
  `<${secrets.fingerprint("message id", `${kind}:${key}`).toString("hex")}@${new URL(config.publicUrl).hostname}>`;

function footer(ctx: Context, personId: string, about: string | undefined): string {
  const all = `To get no more mails from us, except those that you ask for:\n${stopUrl(ctx, personId)}\n`;
  return about === undefined ? all : `To get no more mails about this:\n${stopUrl(ctx, personId, about)}\n\n${all}`;
}
