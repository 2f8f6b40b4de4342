import { ask, dealtWith } from "./api.js";
import { asked } from "./filter.js";
import { count, el, notice, turnout, when, where } from "./words.js";

const fields =
  "title,type,startsOn,endsOn,startsAt,endsAt,timeZone,occurrence,occurrenceReason,place,onlineUrl,turnout";
const page = 100;

const list = document.querySelector("#list");
const status = document.querySelector("#status");
const more = document.querySelector("#more");

let running = new AbortController();
let next;
let press;

more.addEventListener("click", () => void addPage().catch(dealtWith));

/** Shows the events of a box, by their time; resolves with where the change log stood. */
export async function showList(bbox, onEvent) {
  running.abort();
  running = new AbortController();
  const query = asked();
  if (bbox) query.set("bbox", bbox);
  query.set("limit", page);
  query.set("fields", fields);
  const features = await load(`events.geojson?${query}`);
  const focused = document.activeElement?.dataset?.event;
  list.replaceChildren(...features.map((feature) => rowOf(feature, onEvent)));
  if (focused) rowBy(focused)?.focus();
  tell();
  press = onEvent;
  return features.position;
}

async function load(path) {
  const { body, link } = await ask(path, { signal: running.signal });
  next = /<\/?([^>]+)>; rel="next"/.exec(link ?? "")?.[1];
  more.hidden = !next;
  return Object.assign(body.features, { position: body.position });
}

async function addPage() {
  const rows = (await load(next)).map((feature) => rowOf(feature, press));
  list.append(...rows);
  rows[0]?.querySelector("button").focus();
  tell();
}

function tell() {
  const shown = list.children.length;
  const says =
    shown === 0 ? "No events here. Zoom out, or change the filter." : `${count(shown, "event", "events")} in view`;
  status.textContent = next ? `The first ${shown} of the events in view, by their time` : says;
}

function rowOf({ id, properties }, onEvent) {
  const button = el("button", { type: "button", class: "row", "data-event": id });
  button.addEventListener("click", () => onEvent(id));
  fillRow(button, properties);
  return el("li", {}, button);
}

function fillRow(button, event) {
  const off = notice(event);
  button.replaceChildren(
    el("span", { class: "title" }, event.title),
    ...(off ? [el("span", { class: "badge" }, off)] : []),
    el("span", {}, when(event)),
    el("span", {}, where(event)),
    el("span", { class: "turnout" }, turnout(event.turnout)),
  );
}

const rowBy = (id) => list.querySelector(`[data-event="${CSS.escape(id)}"]`);

/** Gives the button of an event its new number. */
export function showTurnout({ id, turnout: now }) {
  const row = rowBy(id)?.querySelector(".turnout");
  if (row) row.textContent = turnout(now);
}

/** Marks the row whose card is open. */
export function markRow(id) {
  for (const row of list.querySelectorAll("[aria-current]")) row.removeAttribute("aria-current");
  if (id) rowBy(id)?.setAttribute("aria-current", "true");
}

export const focusRow = (id) => (rowBy(id) ?? document.querySelector("#found")).focus();
