export { accessEnded, accessTopic } from "./person.changes.js";
export { Person, Session, SignInCode, SiteStaff, ViewerAccount } from "./person.js";
export { emailOf, findPerson, personWith } from "./person.service.js";
