import { EventType } from "../events/index.js";

/** The words of the Crowd Counting Consortium for our types; where it has none, ours in its spelling. */
export const typeWords: Record<EventType, string> = {
  RALLY: "rally",
  MARCH: "march",
  VIGIL: "vigil",
  DEMONSTRATION: "demonstration",
  PICKET: "picket",
  WALKOUT: "walkout",
  SIT_IN: "sit-in",
  CARAVAN: "caravan",
  VISIBILITY_EVENT: "demonstration",
  TRAINING: "training",
  TEACH_IN: "teach-in",
  ASSEMBLY: "assembly",
  MEETING: "meeting",
  PRESS_CONFERENCE: "press conference",
  MUTUAL_AID: "mutual aid",
  OTHER: "other",
};
