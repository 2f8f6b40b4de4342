import { randomUUID } from "node:crypto";
import { mkdir, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { createTransport } from "nodemailer";
import type { Config } from "./config.js";
import { Refusal } from "./errors.js";
import type { Log } from "./log.js";

/** One message in plain text. */
export interface Mail {
  to: string;
  subject: string;
  text: string;
  headers?: Record<string, string>;
}

/** The mail server takes no mail for this address, now or later. */
export class AddressRefused extends Refusal {
  constructor() {
    super("BAD_USER_INPUT", "The mail server refuses this address; check how it is written.");
  }
}

/** Sends a mail; refuses when it cannot be handed over now, or never ({@link AddressRefused}). */
export interface Mailer {
  send(mail: Mail): Promise<void>;
}

/** The mail server of `MAIL_URL`, or without one the folder `outbox` of the data folder. */
export const createMailer = (config: Config, log: Log): Mailer =>
  config.mailUrl ? smtpMailer(config.mailUrl, config.mailFrom, log) : outboxMailer(config, log);

/** Less than a transaction may be idle: who sends a mail within one learns in time what became of it. */
const sendWithinMs = 8_000;

interface SmtpError {
  command?: string;
  response?: string;
}

/** A permanent failure (RFC 5321: 5yz) about the recipient; 5.7 (RFC 3463) is about us, or about what we may. */
const isRefusedForGood = ({ command, response = "" }: SmtpError): boolean =>
  command === "RCPT TO" && response.startsWith("5") && !/^5\d\d[ -]5\.7\./.test(response);

function smtpMailer(url: string, from: string, log: Log): Mailer {
  const limits = { connectionTimeout: sendWithinMs, greetingTimeout: sendWithinMs, socketTimeout: sendWithinMs };
  const transport = createTransport({ url, ...limits }, { from, disableFileAccess: true, disableUrlAccess: true });
  const late = (): Promise<never> =>
    wait(sendWithinMs, undefined, { ref: false }).then(() => {
      throw Object.assign(new Error("The mail server takes too long."), { code: "ETIMEDOUT" });
    });
  return {
    async send(mail) {
      try {
        await Promise.race([transport.sendMail(mail), late()]);
      } catch (error) {
        // The transport's error quotes the address; only its code is fit for a log.
        log.error({ code: (error as { code?: string }).code }, "mail not sent");
        if (isRefusedForGood(error as SmtpError)) throw new AddressRefused();
        throw new Refusal("TEMPORARILY_UNAVAILABLE", "Mail cannot be sent right now; try again soon.", {
          retryable: true,
        });
      }
    },
  };
}

function outboxMailer(config: Config, log: Log): Mailer {
  const folder = path.join(config.dataDir, "outbox");
  const composer = createTransport(
    { streamTransport: true, buffer: true, newline: "windows" },
    { from: config.mailFrom },
  );
  return {
    async send(mail) {
      const { message } = await composer.sendMail(mail);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const file = path.join(
        folder,
        `${new Date().toISOString().replaceAll(/[:.]/g, "-")}-${randomUUID().slice(0, 8)}.eml`,
      );
      await writeFile(`${file}.part`, message as Buffer, { mode: 0o600 });
      // Whoever watches the folder sees whole mails only.
      await rename(`${file}.part`, file);
      log.info({ file }, "mail written");
    },
  };
}
