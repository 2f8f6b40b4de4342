import type { Transaction } from "../../platform/database/transact.js";
import { adminsOf } from "../organizations/index.js";
import { EventHost } from "./event.host.js";
import type { EventRow } from "./event.js";
import { EventRoleAssignment } from "./event.records.js";
import { EventRole, HostStatus } from "./event.values.js";

/** Whoever drafted it, and the admins of its hosts. */
export async function managersOf(tx: Transaction, { id, createdBy }: EventRow): Promise<string[]> {
  const hosts = await tx.db.findBy(EventHost, { eventId: id, status: HostStatus.ACCEPTED });
  const admins = await adminsOf(
    tx,
    hosts.map(({ organizationId }) => organizationId),
  );
  return [...new Set(createdBy ? [...admins, createdBy] : admins)];
}

/** Whom to tell of what its peacekeepers need: its coordinators; where it has none, those who manage it. */
export async function coordinatorsOf(tx: Transaction, event: EventRow): Promise<string[]> {
  const roles = await tx.db.findBy(EventRoleAssignment, { eventId: event.id, role: EventRole.COORDINATOR });
  return roles.length > 0 ? roles.map(({ personId }) => personId) : managersOf(tx, event);
}
