import { registerEnumType } from "type-graphql";

export enum SwapStatus {
  PENDING = "PENDING",
  DONE = "DONE",
  DECLINED = "DECLINED",
  WITHDRAWN = "WITHDRAWN",
  LAPSED = "LAPSED",
  UNDONE = "UNDONE",
}
registerEnumType(SwapStatus, {
  name: "SwapStatus",
  description: "Where a swap stands.",
  valuesConfig: {
    PENDING: { description: "A coordinator has to approve it; until then the giver keeps the place." },
    DONE: { description: "The taker has the place, the giver has not." },
    DECLINED: { description: "A coordinator has said no." },
    WITHDRAWN: { description: "The giver or the taker has thought better of it, or it has become needless." },
    LAPSED: { description: "Nobody approved it in time." },
    UNDONE: { description: "A coordinator has given the place back to the giver." },
  },
});
