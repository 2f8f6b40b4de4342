const copies = 40;
/** What else the large messages consist of. */
export const textOf = (bytes: number): string => "x".repeat(Math.ceil(bytes / copies));

const text = Array.from({ length: copies }, (_, n) => `d${n}: description`).join(" ");

/** A subscription to the turnout of a campaign, to be sent over graphql-transport-ws; large: with the event's text, many times. */
export const follow = (campaign: string, large = false) => ({
  query: `subscription Live($campaign: ID!) {
    turnoutChanged(campaignId: $campaign) {
      position kind
      turnout { low high peakLow peakHigh reporting scheduled reports observedAt }
      event { id title city { name region } turnout { low high reports observedAt } ${large ? text : ""} }
    }
  }`,
  variables: { campaign },
});

export const socketsOf = (url: string): string => `${url.replace("http", "ws")}/graphql`;
