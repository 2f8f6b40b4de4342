import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  randomInt,
  timingSafeEqual,
} from "node:crypto";

/** What only the server's secret key can do: find, seal and open contact data, and judge codes. */
export interface Secrets {
  /** A keyed hash that finds a value without storing it. */
  fingerprint(purpose: string, text: string): Buffer;
  seal(text: string): Buffer;
  open(sealed: Buffer): string;
  /** A token that says a text and cannot be made by others; anybody can read what it says. */
  sign(purpose: string, text: string): string;
  /** What a token of {@link Secrets.sign} says; null when it was not made here for this purpose. */
  verify(purpose: string, token: string): string | null;
}

/** Secrets of one 32-byte key; each use has a key of its own, derived with HKDF (RFC 5869). */
export function createSecrets(key: Buffer): Secrets {
  const derived = (purpose: string): Buffer => Buffer.from(hkdfSync("sha256", key, "", `rallygraph:${purpose}`, 32));
  const sealing = derived("seal");
  const sign = (purpose: string, text: string): string => {
    const mac = createHmac("sha256", derived(`sign:${purpose}`))
      .update(text)
      .digest("base64url");
    return `${Buffer.from(text).toString("base64url")}.${mac}`;
  };
  return {
    sign,
    verify(purpose, token) {
      const text = Buffer.from(token.split(".")[0]!, "base64url").toString();
      const [right, given] = [Buffer.from(sign(purpose, text)), Buffer.from(token)];
      return right.length === given.length && timingSafeEqual(right, given) ? text : null;
    },
    fingerprint: (purpose, text) => createHmac("sha256", derived(purpose)).update(text).digest(),
    seal(text) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", sealing, nonce);
      const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]);
    },
    open(sealed) {
      const decipher = createDecipheriv("aes-256-gcm", sealing, sealed.subarray(0, 12));
      decipher.setAuthTag(sealed.subarray(12, 28));
      return decipher.update(sealed.subarray(28), undefined, "utf8") + decipher.final("utf8");
    },
  };
}

/** A new opaque token of 256 random bits. */
export const newToken = (): string => randomBytes(32).toString("base64url");

/** How a token is kept: enough to recognise it, useless to a thief of the database. */
export const tokenHash = (token: string): Buffer => createHash("sha256").update(token).digest();

/** A one-time code of six digits. */
export const newCode = (): string => randomInt(1_000_000).toString().padStart(6, "0");
