import { registerEnumType } from "type-graphql";

/** Where the consent to an endorsement stands. */
export enum EndorsementStatus {
  INVITED = "INVITED",
  ENDORSED = "ENDORSED",
  DECLINED = "DECLINED",
  WITHDRAWN = "WITHDRAWN",
}
registerEnumType(EndorsementStatus, {
  name: "EndorsementStatus",
  description: "Where the consent to an endorsement stands.",
  valuesConfig: {
    INVITED: { description: "The campaign has asked; the organization has not answered." },
    ENDORSED: { description: "The organization said yes." },
    DECLINED: { description: "The organization said no." },
    WITHDRAWN: { description: "There was a yes; it holds no longer." },
  },
});

export enum EndorsementParty {
  CAMPAIGN = "CAMPAIGN",
  ORGANIZATION = "ORGANIZATION",
}
registerEnumType(EndorsementParty, {
  name: "EndorsementParty",
  description: "On whose side a step of an endorsement was taken.",
});
