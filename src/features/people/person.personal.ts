import { beforeErasing, Erased, personal } from "../../platform/personal.js";
import { InvitationStatus } from "./invitation.values.js";
import { Invitation } from "./invitation.js";
import { Person, SignInCode } from "./person.js";

const invited = { kind: "t.kind", role: "t.role", status: "t.status", at: "t.created_at" };

personal("people.email_sealed", {
  erased: Erased.ROW,
  of: "t.id = $1",
  shows: { since: "t.created_at" },
  opens: { email: "t.email_sealed" },
});
personal("sessions.person_id", { erased: Erased.ROW, shows: { since: "t.created_at", until: "t.expires_at" } });
personal("site_staff.person_id", { erased: Erased.ROW, shows: { siteStaff: "true" } });
personal("invitations.person_id", { erased: Erased.ROW, shows: { ...invited, invited: "'you'" } });
personal("invitations.invited_by", { erased: Erased.LINK, shows: { ...invited, invited: "'by you'" } });
// A day long, so that a call may be sent again.
personal("idempotency_keys.person_id", { erased: Erased.ROW, shows: { operation: "t.operation", at: "t.created_at" } });
// Who did what to which thing is kept for those who answer for the thing, as an id that then leads to nobody.
personal("audit_entries.actor_id", { erased: Erased.KEPT });

/** Nobody is invited by somebody who is gone, nor signed in by a code that was on its way. */
beforeErasing.push(async (tx, personId) => {
  const { emailHash } = await tx.db.findOneByOrFail(Person, { id: personId });
  await tx.db.delete(SignInCode, { emailHash });
  const open = { invitedBy: personId, status: InvitationStatus.OPEN };
  await tx.db.update(Invitation, open, { status: InvitationStatus.WITHDRAWN, answeredAt: tx.now() });
});
