import type { FastifyRequest } from "fastify";
import { meansKey, useKey } from "../features/keys/index.js";
import type { Services, Viewer } from "../platform/context.js";
import { ErrorReason, Refusal } from "../platform/errors.js";
import { networkOf } from "../platform/limits/address.js";
import type { Caller } from "../platform/limits/rates.js";
import { tokenHash } from "../platform/secrets.js";
import { viewerOfToken } from "./viewer.js";

/** Who calls: with which rights, and whose bucket pays. */
export interface Asking {
  /** Null also for whoever reads with a key: it opens nothing. */
  viewer: Viewer | null;
  caller: Caller;
  /** When what they identified themselves by ends by itself; null: never. */
  expiresAt: Date | null;
}

/** Whoever sends no token, by their address. */
export const stranger = (address: string): Asking => ({
  viewer: null,
  caller: { kind: "anonymous", id: networkOf(address) },
  expiresAt: null,
});

/** Who a token or a key identifies; refused when it is not valid. */
export async function askingWith(services: Services, token: string): Promise<Asking> {
  if (meansKey(token)) {
    const { id, expiresAt } = await useKey(services, token);
    return { viewer: null, caller: { kind: "key", id }, expiresAt };
  }
  const viewer = /^[\w-]{20,200}$/.test(token)
    ? await viewerOfToken(services.pool, tokenHash(token), services.now())
    : null;
  // A client that believes it is signed in should know that it is not.
  if (!viewer)
    throw new Refusal("UNAUTHENTICATED", "This token is not, or no longer, valid; sign in again.", {
      reason: ErrorReason.TOKEN_INVALID,
      status: 401,
    });
  return { viewer, caller: { kind: "signed-in", id: viewer.personId }, expiresAt: viewer.expiresAt };
}

/** Who sends an HTTP request, by its Authorization header. */
export const askingOf = (
  { headers, ip }: Pick<FastifyRequest, "headers" | "ip">,
  services: Services,
): Promise<Asking> => askingBy(services, headers.authorization, ip);

/** The same where only the header and the address are at hand. */
export async function askingBy(services: Services, header: string | undefined, address: string): Promise<Asking> {
  if (header === undefined) return stranger(address);
  return askingWith(services, /^Bearer (\S+)$/i.exec(header)?.[1] ?? "");
}
