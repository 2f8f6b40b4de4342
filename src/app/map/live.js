import { createClient } from "graphql-ws";
import { base, dealtWith, graphql } from "./api.js";

const mostWaitMs = 30_000;
const pollMs = 5_000;

const socket = createClient({
  url: new URL("graphql", base).href.replace(/^http/, "ws"),
  retryAttempts: Infinity,
  shouldRetry: () => true,
  // Longer each time, and never all pages at the same moment: after a restart they all come back.
  retryWait: (retries) =>
    new Promise((resolve) =>
      setTimeout(resolve, Math.min(mostWaitMs, 1_000 * 2 ** retries) * (0.5 + Math.random() / 2)),
    ),
});

/** Follows one field; after a break it goes on where it was. Resolves into a function that ends it. */
function follow(query, variables, onMessage) {
  // The client sends this very object again when it has to connect again.
  const payload = { query, variables: { ...variables } };
  return socket.subscribe(payload, {
    next: ({ data }) => {
      const [message] = Object.values(data ?? {});
      if (!message) return;
      payload.variables.after = message.position;
      onMessage(message);
    },
    // Refused: what is read again from time to time will do.
    error: () => undefined,
    complete: () => undefined,
  });
}

const numbers = (which) =>
  `subscription($id: ID!, $after: String) { turnoutChanged(${which}: $id, after: $after) {
    kind position events { id turnout { low high state } } } }`;
const events = `subscription($id: ID!, $after: String) { eventChanged(campaignId: $id, after: $after) { kind position eventId } }`;

let endings = [];

/** Follows a campaign where one is chosen, and the event whose card is open. */
export function followThese({ campaignId, eventId }, { onTurnout, onChange }) {
  endings.forEach((end) => end());
  const turnout = (message) => (message.kind === "RESYNC" ? onChange() : message.events.forEach(onTurnout));
  endings = [];
  if (campaignId)
    endings.push(
      follow(numbers("campaignId"), { id: campaignId }, turnout),
      follow(events, { id: campaignId }, onChange),
    );
  else if (eventId) endings.push(follow(numbers("eventId"), { id: eventId }, turnout));
}

const changes = `query($since: String!) { changes(since: $since, first: 20) { position hasMore resync changes { topic id } } }`;
const shown = new Set(["EVENT", "TURNOUT", "SHIFT"]);

/** Asks from time to time what has changed since a position, while somebody looks; says so once for all of it. */
export function keepInStep(onChange) {
  let position;
  const look = async () => {
    if (!position || document.hidden) return;
    const { changes: found } = await graphql(changes, { since: position });
    position = found.position;
    if (found.resync || found.hasMore || found.changes.some(({ topic }) => shown.has(topic))) onChange();
  };
  const again = () => {
    setTimeout(() => void look().catch(dealtWith).finally(again), pollMs * (0.9 + Math.random() / 5));
  };
  again();
  return {
    from: (given) => {
      position = !position || given > position ? given : position;
    },
  };
}
