import "./person.personal.js";

export { type InvitationAnswer, readInvitation } from "./invitation.answer.js";
export { InvitationStatus } from "./invitation.values.js";
export { Invitation } from "./invitation.js";
export { invitationKind } from "./invitation.kinds.js";
export { invite, lockOpenInvitation, withdrawInvitationsBy } from "./invitation.service.js";
export { accessEnded, accessTopic } from "./person.changes.js";
export { Person, Session, SignInCode, SiteStaff, ViewerAccount } from "./person.js";
export { emailOf, findPerson, lockPerson, personWith } from "./person.service.js";
