import type { Transaction } from "../../platform/database/transact.js";
import { badInput, ErrorReason, Refusal } from "../../platform/errors.js";
import { lookalikeKeys } from "../../platform/lookalike.js";
import { Organization } from "./organization.js";
import { OrganizationStatus } from "./organization.values.js";

const lockKey = 4_905_263;

/** Names and parents are judged across rows: whoever judges them comes alone, and locks this before any row. */
export const lockAllOrganizations = (tx: Transaction): Promise<unknown> =>
  tx.db.query("SELECT pg_advisory_xact_lock($1)", [lockKey]);

/**
 * Whether an organization may have this name: one that looks like a verified organization's is refused, one that looks
 * like any other's is for staff to decide. `self` is the organization that has, or wants, the name; what it is `known` to
 * look like is judged already.
 */
export async function judgeName(
  tx: Transaction,
  name: string,
  { self, path, known = [] }: { self: string; path: string; known?: string[] },
): Promise<Pick<Organization, "nameKeys" | "status">> {
  const nameKeys = lookalikeKeys(name);
  if (nameKeys.length === 0) throw badInput(path, "must have a letter or a digit");
  const alike: { verified: boolean }[] = await tx.db.query(
    "SELECT verified FROM organizations WHERE name_keys && $1::text[] AND id <> $2",
    [nameKeys.filter((key) => !known.includes(key)), self],
  );
  if (alike.some(({ verified }) => verified))
    throw new Refusal("CONFLICT", "A verified organization has this name, or one that looks like it.", {
      reason: ErrorReason.NAME_TAKEN,
      fields: [{ path, reason: "must not look like the name of a verified organization" }],
    });
  return { nameKeys, status: alike.length > 0 ? OrganizationStatus.IN_REVIEW : OrganizationStatus.LISTED };
}

const longest = 60;

/** A name for URLs that no other organization has; names in other scripts than Latin get one by their id. */
export async function freeSlug(tx: Transaction, name: string, id: string): Promise<string> {
  const words = name
    .normalize("NFKD")
    .replace(/[\p{M}'’]/gu, "")
    .toLowerCase();
  const base = words
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, longest)
    .replace(/^-+|-+$/g, "");
  const taken = base === "" || (await tx.db.existsBy(Organization, { slug: base }));
  return taken ? `${base || "organization"}-${id.slice(0, 8)}` : base;
}
