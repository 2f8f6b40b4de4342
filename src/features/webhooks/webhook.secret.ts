import { createHmac } from "node:crypto";
import type { Secrets } from "../../platform/secrets.js";
import type { Webhook } from "./webhook.js";

const keyOf = (secrets: Secrets, seed: string): Buffer => secrets.fingerprint("webhook", seed);

/** A secret as Standard Webhooks writes it. */
export const secretOf = (secrets: Secrets, seed: string): string => `whsec_${keyOf(secrets, seed).toString("base64")}`;

/** What the headers of a message are made of. */
interface Signed {
  id: string;
  body: string;
  at: Date;
}

/** The headers of Standard Webhooks: signed with the secret, and with the one before it while that is still valid. */
export function signatureHeaders(
  secrets: Secrets,
  { seed, oldSeed, oldSecretUntil }: Pick<Webhook, "seed" | "oldSeed" | "oldSecretUntil">,
  { id, body, at }: Signed,
): Record<string, string> {
  const timestamp = Math.floor(at.getTime() / 1_000);
  const seeds = oldSeed !== null && oldSecretUntil !== null && oldSecretUntil > at ? [seed, oldSeed] : [seed];
  const signatures = seeds.map((one) => {
    const mac = createHmac("sha256", keyOf(secrets, one)).update(`${id}.${timestamp}.${body}`);
    return `v1,${mac.digest("base64")}`;
  });
  return {
    "webhook-id": id,
    "webhook-timestamp": String(timestamp),
    "webhook-signature": signatures.join(" "),
  };
}
