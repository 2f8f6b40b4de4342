import type { Viewer } from "../../platform/context.js";
import type { Transaction } from "../../platform/database/transact.js";
import type { NodeShape } from "../../platform/reading/shape.js";
import type { Invitation } from "./invitation.js";
import { InvitationKinds, kindDescriptions } from "./invitation.values.js";

/** What people are invited to; a higher feature registers its own. */
export interface InvitationKind {
  /** Its name in the schema. */
  kind: string;
  /** What the invited may become, and which roles there are. */
  description: string;
  /** How the thing is read that people are invited to. */
  subject: NodeShape;
  /** Whether the viewer may invite to this role, and so take such an invitation back. */
  mayInvite(viewer: Viewer, subjectId: string, role: string): boolean;
  /** Gives the invited what was promised; the invitation is locked and open. */
  accept(tx: Transaction, invitation: Invitation): Promise<void>;
}

const kinds = new Map<string, InvitationKind>();

/** Lets people be invited to something. */
export function invitationKind(made: InvitationKind): void {
  kinds.set(made.kind, made);
  InvitationKinds[made.kind] = made.kind;
  kindDescriptions[made.kind] = { description: made.description };
}

export const kindOf = ({ kind }: Pick<Invitation, "kind">): InvitationKind => kinds.get(kind)!;
