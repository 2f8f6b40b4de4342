import "./letter.personal.js";

export { invitationLetter } from "./invitation.letter.js";
export { LetterStop, QueuedLetter } from "./letter.js";
export { kindNamed, letter, type Letter, type LetterKind } from "./letter.kinds.js";
export { sendLetter } from "./letter.service.js";
export { stopLetters, stopOf } from "./letter.stops.js";
