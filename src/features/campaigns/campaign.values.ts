import { registerEnumType } from "type-graphql";

export enum CampaignStatus {
  DRAFT = "DRAFT",
  OPEN = "OPEN",
  CLOSED = "CLOSED",
}
registerEnumType(CampaignStatus, {
  name: "CampaignStatus",
  description: "Where a campaign stands.",
  valuesConfig: {
    DRAFT: { description: "Being prepared: only its staff and the site's staff know of it." },
    OPEN: { description: "Public; takes events, endorsements and pledges." },
    CLOSED: { description: "Public; takes no new events, endorsements or pledges. Can be opened again." },
  },
});

export enum ReviewPolicy {
  REVIEW_ALL = "REVIEW_ALL",
  TRUST_SOME = "TRUST_SOME",
}
registerEnumType(ReviewPolicy, {
  name: "ReviewPolicy",
  description: "Which events of a campaign its staff look at before they are published.",
  valuesConfig: {
    REVIEW_ALL: { description: "All of them." },
    TRUST_SOME: { description: "All but those of organizations that the staff trust; these are published at once." },
  },
});
