/** A small way to make elements: text is always text, never HTML. */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

/** An enum's value in words: PRESS_CONFERENCE is "Press conference". */
export const inWords = (value) => value[0] + value.slice(1).toLowerCase().replaceAll("_", " ");

export const types = [
  "ASSEMBLY",
  "CARAVAN",
  "DEMONSTRATION",
  "MARCH",
  "MEETING",
  "MUTUAL_AID",
  "PICKET",
  "PRESS_CONFERENCE",
  "RALLY",
  "SIT_IN",
  "TEACH_IN",
  "TRAINING",
  "VIGIL",
  "VISIBILITY_EVENT",
  "WALKOUT",
  "OTHER",
];

const accessibilityWords = {
  ACCESSIBLE: "Accessible",
  NOT_ACCESSIBLE: "Not accessible",
  NOT_SURE: "Not sure: ask the host",
};
export const accessibility = ({ accessibility: value, accessibilityNotes: notes }) =>
  [accessibilityWords[value] ?? "Not known", notes].filter(Boolean).join(". ");

/** What a visitor must not miss; empty where all is as announced. */
export function notice({ occurrence, occurrenceReason }) {
  if (!occurrence || occurrence === "SCHEDULED") return "";
  return [inWords(occurrence), occurrenceReason].filter(Boolean).join(": ");
}
export const isOff = ({ occurrence }) => occurrence === "CANCELLED" || occurrence === "POSTPONED";

const day = { weekday: "short", month: "short", day: "numeric", year: "numeric" };
const clock = { hour: "numeric", minute: "2-digit" };

/** When it is, by the clock of its own place. */
export function when({ startsOn, endsOn, startsAt, endsAt, timeZone }) {
  if (!startsAt) {
    const format = new Intl.DateTimeFormat("en-US", { ...day, timeZone: "UTC" });
    const days = [startsOn, endsOn].filter(Boolean).map((date) => new Date(`${date}T00:00:00Z`));
    return `${days.length === 2 ? format.formatRange(...days) : format.format(days[0])}, time to be announced`;
  }
  const format = new Intl.DateTimeFormat("en-US", { ...day, ...clock, timeZone, timeZoneName: "short" });
  return endsAt ? format.formatRange(new Date(startsAt), new Date(endsAt)) : format.format(new Date(startsAt));
}

/** Where it is, as exactly as everybody may know. */
export function where({ place, onlineUrl, occurrence }) {
  if (occurrence === "MOVED_ONLINE" && onlineUrl) return "Online";
  const { venue, addressLines, locality, region } = place;
  return [venue, ...addressLines, locality, region].filter(Boolean).join(", ");
}
export const roughly = ({ place }) =>
  place.precision === "EXACT" ? "" : "The exact place is not public; its point on the map is somewhere near.";

const number = new Intl.NumberFormat("en-US");
export const count = (value, one, many) => `${number.format(value)} ${value === 1 ? one : many}`;

/** An estimate is an interval; it is never shown as one number that nobody said. */
export function people({ low, high } = {}) {
  if (low === null || low === undefined) return "";
  if (low === high) return count(low, "person", "people");
  return `${number.format(low)} to ${number.format(high)} people`;
}

const stateWords = {
  PARTIAL: "reports are coming in",
  CONFLICT: "reports disagree",
  FINAL: "final",
  CERTIFIED: "certified by the campaign",
};
export const turnout = (given) => [people(given), people(given) && stateWords[given.state]].filter(Boolean).join(", ");

/** Only what a browser may follow. */
export const isLink = (text) => /^https?:\/\//i.test(text ?? "");
