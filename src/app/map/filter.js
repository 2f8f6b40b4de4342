import { graphql } from "./api.js";
import { el, inWords, types } from "./words.js";

/** What the page's own address takes: names as in the addresses of feeds and tiles, so that one query string is good for all. */
const names = ["q", "campaign", "from", "to", "type", "accessibility"];
const alsoTaken = ["city", "organization", "region", "on", "occurrence", "language"];

const form = document.querySelector("#filter");

/** What is asked for, as the API takes it. */
export function asked() {
  const given = new URLSearchParams(location.search);
  const kept = new URLSearchParams();
  for (const name of [...names, ...alsoTaken]) {
    const value = given.get(name)?.trim();
    if (value && (name !== "q" || value.length > 1)) kept.set(name, value);
  }
  return kept;
}

/** Puts something into the page's address, so that it can be shared; the map's own place is in its hash. */
export function keep(changes) {
  const url = new URL(location.href);
  for (const [name, value] of Object.entries(changes))
    if (value) url.searchParams.set(name, value);
    else url.searchParams.delete(name);
  history.replaceState(null, "", url);
}

/** The form says what the address says, and the address what the form says. */
export function openFilter(changed) {
  document.querySelector("#type").append(...types.map((type) => el("option", { value: type }, inWords(type))));
  fill();
  let timer;
  const read = () => {
    keep(Object.fromEntries(names.map((name) => [name, form.elements[name].value])));
    tellSet();
    clearTimeout(timer);
    timer = setTimeout(() => changed(), 300);
  };
  form.addEventListener("input", read);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => {
    keep(Object.fromEntries([...names, ...alsoTaken].map((name) => [name, ""])));
    tellSet();
    changed();
  });
}

function fill() {
  const given = asked();
  for (const name of names) form.elements[name].value = given.get(name) ?? "";
  tellSet();
}

let campaigns = [];

/** The campaigns to choose from. */
export async function loadCampaigns() {
  const { campaigns: found } = await graphql("{ campaigns(first: 100) { nodes { id slug title } } }");
  campaigns = found.nodes;
  const options = campaigns.map(({ slug, title }) => el("option", { value: slug }, title));
  document.querySelector("#campaign").append(...options);
  fill();
}

/** Says beside a closed form what it would show. */
function tellSet() {
  const labels = names.filter((name) => asked().has(name)).map((name) => form.elements[name].labels[0].textContent);
  document.querySelector("#set").textContent = labels.length > 0 ? `: ${labels.join(", ")}` : "";
}

/** The id of the campaign that is asked for, which subscriptions want. */
export const campaignId = () => {
  const slug = asked().get("campaign");
  return campaigns.find((campaign) => campaign.slug === slug || campaign.id === slug)?.id;
};
