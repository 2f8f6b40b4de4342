import { ask, base } from "./api.js";
import { keep } from "./filter.js";
import { focusRow, markRow } from "./list.js";
import { accessibility, el, inWords, isLink, notice, roughly, turnout, when, where } from "./words.js";

const card = document.querySelector("#card");
let shown;
let opener;

export const shownEvent = () => shown;

/** Shows an event; focus goes to its title, and comes back when the card is closed. */
export async function openCard(id) {
  if (!shown) opener = document.activeElement;
  shown = id;
  keep({ event: id });
  markRow(id);
  fill(el("h2", { id: "card-title", tabindex: "-1" }, "Loading…"));
  card.hidden = false;
  card.querySelector("h2").focus();
  await refreshCard();
}

/** Reads it again; what is gone says so. */
export async function refreshCard() {
  const id = shown;
  if (!id) return;
  const had = card.contains(document.activeElement);
  const inside = had && document.activeElement.id !== "card-title" ? document.activeElement.className : "title";
  const found = await ask(`events/${id}.geojson`, { quiet: true }).then(contentOf, (error) => [titleOf(error.message)]);
  if (shown !== id) return;
  fill(...found);
  if (had) (card.querySelector(`.${inside || "title"}`) ?? card.querySelector("h2")).focus();
}

const titleOf = (text) => el("h2", { id: "card-title", class: "title", tabindex: "-1" }, text);

function fill(...children) {
  const close = el("button", { type: "button", class: "close" }, "Close");
  close.addEventListener("click", closeCard);
  card.replaceChildren(...children, close);
}

function contentOf({ body: { id, properties: event } }) {
  const off = notice(event);
  const hosts = [event.organization, ...event.coHosts].filter(Boolean).map(({ name }) => name);
  const facts = {
    When: when(event),
    Where: [where(event), roughly(event)].filter(Boolean).join(". "),
    Host: hosts.join(", "),
    Campaign: event.campaign?.title,
    Type: inWords(event.type),
    Accessibility: accessibility(event),
    Peacekeepers: event.openPlaces > 0 ? `${event.openPlaces} places are free` : "",
  };
  return [
    titleOf(event.title),
    off && el("p", {}, el("span", { class: "badge" }, off)),
    turnoutOf(event),
    el(
      "dl",
      {},
      ...Object.entries(facts).flatMap(([name, value]) => (value ? [el("dt", {}, name), el("dd", {}, value)] : [])),
    ),
    event.description && el("p", { class: "description" }, event.description),
    linksOf(id, event),
  ].filter(Boolean);
}

const noNumber = "No number yet";

function turnoutOf({ turnout: now }) {
  const line = el("p", { class: "card-turnout", "aria-live": "polite" }, turnout(now) || noNumber);
  line.classList.toggle("none", !turnout(now));
  return line;
}

function linksOf(id, { onlineUrl }) {
  const to = (ending, says) => el("a", { href: new URL(`events/${id}.${ending}`, base).href, class: ending }, says);
  const online =
    isLink(onlineUrl) && el("a", { href: onlineUrl, rel: "noopener noreferrer nofollow" }, "Take part online");
  return el("p", {}, ...(online ? [online, " · "] : []), to("ics", "Add to calendar"), " · ", to("geojson", "As JSON"));
}

/** Gives the open card its new number; a screen reader says it. */
export function showCardTurnout({ id, turnout: now }) {
  const line = id === shown && card.querySelector(".card-turnout");
  if (!line) return;
  line.textContent = turnout(now) || noNumber;
  line.classList.toggle("none", !turnout(now));
}

let closed = () => undefined;
/** What is to happen when the card is closed. */
export const onClose = (happens) => (closed = happens);

export function closeCard() {
  if (!shown) return;
  const id = shown;
  shown = undefined;
  keep({ event: "" });
  markRow();
  card.hidden = true;
  if (opener?.isConnected && opener !== document.body) opener.focus();
  else focusRow(id);
  closed();
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeCard();
});
