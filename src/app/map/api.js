import { count } from "./words.js";

/** The server that the page came from; all of it is open to any page of yours too. */
export const base = new URL("../", import.meta.url);

/** What is wrong at the moment, by what it is about; told whenever that is different. */
const troubles = new Map();
let onTrouble = () => undefined;
export const watchTroubles = (happens) => (onTrouble = happens);

/** Says what is wrong with something; an empty text says that it is right again. */
export function tellTrouble(about, text) {
  troubles.delete(about);
  if (text) troubles.set(about, text);
  onTrouble([...troubles.values()].at(-1) ?? "");
}

/** The server said no, and the page has said so. */
class Told extends Error {}

/** What was told, or given up for something newer, is dealt with; anything else is a fault of the page. */
export function dealtWith(error) {
  if (!(error instanceof Told) && error.name !== "AbortError") throw error;
}

const mostWaitSeconds = 60;

/** Asks until there is an answer; a server that is busy says when to come back, and is not asked before. */
export async function ask(path, { signal, quiet = false, ...options } = {}) {
  const [about] = path.split("?");
  for (let attempt = 0; ; attempt++) {
    const response = await fetch(new URL(path, base), { signal, cache: "no-cache", ...options }).catch((error) => {
      if (signal?.aborted) throw error;
    });
    if (response && response.status !== 429 && response.status < 500) return read(response, about, quiet);
    const seconds = secondsToWait(response, attempt);
    tellTrouble(about, `${reasonOf(response)} Trying again in ${count(seconds, "second", "seconds")}.`);
    await pause(seconds, signal);
  }
}

async function read(response, about, quiet) {
  const body = await response.json();
  const wrong = response.ok && !body.errors ? "" : (body.errors?.[0]?.message ?? `The server says ${response.status}.`);
  tellTrouble(about, quiet ? "" : wrong);
  if (wrong) throw new Told(wrong);
  return { body, link: response.headers.get("link") };
}

function reasonOf(response) {
  if (!response) return "The server can't be reached.";
  return response.status === 429 ? "Too many questions at once." : "The server is busy.";
}

/** What it says, or twice as long each time; never all pages at the same moment. */
function secondsToWait(response, attempt) {
  const told = Number(response?.headers.get("retry-after")) || 2 ** attempt;
  return Math.ceil(Math.min(told, mostWaitSeconds) * (1 + Math.random() / 4));
}

const pause = (seconds, signal) =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, seconds * 1_000);
    signal?.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });

/** One GraphQL operation. */
export async function graphql(query, variables = {}, signal) {
  const { body } = await ask("graphql", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, variables }),
    signal,
  });
  return body.data;
}
