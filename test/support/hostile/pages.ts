import { badPage, type Hostile, large, times } from "./case.js";

export const tooCostly: Hostile[] = [
  large("TOO_COSTLY", "pages in pages", `{ events(first: 100) { nodes { shifts(first: 100) { nodes { id } } } } }`),
  large(
    "TOO_COSTLY",
    "pages in pages, by variables",
    `query ($n: Int!, $m: Int!) { events(first: $n) { nodes { shifts(last: $m) { edges { node { event { id } } } } } } }`,
    { variables: { n: 100, m: 60 } },
  ),
  large(
    "TOO_COSTLY",
    "pages in pages, by defaults of variables",
    `query ($n: Int = 100) { events(first: $n) { nodes { shifts(first: $n) { nodes { id } } } } }`,
  ),
  large(
    "TOO_COSTLY",
    "lists in lists without pages",
    `{ nodes(ids: [${'"x" '.repeat(100)}]) { ... on Event { hosts { organization { id } } shifts { nodes { event { hosts { role } } } } } } }`,
  ),
  large(
    "TOO_COSTLY",
    "20 roots of a full page each",
    `{ ${times(20, (n) => `a${n}: events(first: 100) { nodes { city { id } campaign { id } turnout { low } location { venue } hosts { role } } }`)} }`,
  ),
  large(
    "TOO_COSTLY",
    "what has changed, with lists in it",
    `{ changes(since: "x", first: 100) { changes { node { ... on Event { shifts(first: 100) { nodes { id } } } } } } }`,
  ),
  large(
    "TOO_COSTLY",
    "a subscription's message of pages in pages",
    `subscription { eventChanged(campaignId: "x") { event { shifts(first: 100) { nodes { event { shifts(first: 100) { nodes { id } } } } } } } }`,
  ),
];

export const badPages: Hostile[] = [
  badPage("a page of a million", `{ events(first: 1000000) { nodes { id } } }`),
  badPage("a page of 101, by a variable", `query ($n: Int) { events(first: $n) { nodes { id } } }`, { n: 101 }),
  badPage("a page of 1,000, by a variable's default", `query ($n: Int = 1000) { events(first: $n) { nodes { id } } }`),
  badPage("a page of 1,000 inside another", `{ events(first: 1) { nodes { shifts(last: 1000) { nodes { id } } } } }`),
  badPage(
    "a page of 1,000 in a fragment",
    `{ events { ...F } } fragment F on EventConnection { nodes { shifts(first: 1000) { nodes { id } } } }`,
  ),
  badPage(
    "a page of 1,000 in a mutation's answer",
    `mutation { submitEvent(input: { eventId: "x" }) { event { shifts(first: 1000) { nodes { id } } } } }`,
  ),
  badPage(
    "a page of 1,000 in a subscription's message",
    `subscription { eventChanged(campaignId: "x") { event { shifts(first: 1000) { nodes { id } } } } }`,
  ),
  badPage("an empty page", `{ events(first: 0) { nodes { id } } }`),
  badPage("a negative page", `{ events(first: -1) { nodes { id } } }`),
  badPage("a negative page, by a variable", `query ($n: Int!) { campaigns(last: $n) { nodes { id } } }`, {
    n: -2_147_483_648,
  }),
  badPage("first and last together", `{ events(first: 5, last: 5) { nodes { id } } }`),
  badPage("a thousand changes", `{ changes(since: "x", first: 1000) { position } }`),
  badPage("1,000 ids", `{ nodes(ids: [${'"x" '.repeat(1_000)}]) { id } }`),
  badPage("1,000 ids, by a variable", `query ($ids: [ID!]!) { nodes(ids: $ids) { id } }`, {
    ids: Array(1_000).fill("x"),
  }),
];
