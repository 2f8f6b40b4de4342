import { registerEnumType } from "type-graphql";

export enum CallOutStatus {
  OPEN = "OPEN",
  FILLED = "FILLED",
  CLOSED = "CLOSED",
}
registerEnumType(CallOutStatus, {
  name: "CallOutStatus",
  description: "Where a call-out stands.",
  valuesConfig: {
    OPEN: { description: "People are asked, the next ones when those do not answer." },
    FILLED: { description: "As many have accepted as were missing, or the shift is full." },
    CLOSED: { description: "A coordinator has ended it, or the shift needs nobody any more." },
  },
});

export enum CoverStatus {
  ASKED = "ASKED",
  ACCEPTED = "ACCEPTED",
  DECLINED = "DECLINED",
  LAPSED = "LAPSED",
  CLOSED = "CLOSED",
}
registerEnumType(CoverStatus, {
  name: "CoverStatus",
  description: "What has become of asking a person to help out.",
  valuesConfig: {
    ASKED: { description: "They can accept until `deadline`, if nobody is faster." },
    ACCEPTED: { description: "They have the place." },
    DECLINED: { description: "They have said no." },
    LAPSED: { description: "They have not answered in time." },
    CLOSED: { description: "Nobody is needed any more." },
  },
});
