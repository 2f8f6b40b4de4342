import { Marker } from "maplibre-gl";
import { dealtWith, graphql } from "./api.js";
import { count, el, isOff, people } from "./words.js";

/** Pixels: nearer than this, buttons would lie over each other. */
const apart = 40;

/** A button on the map for each event, and for those that are too close to each other one with their number. */
export class Markers {
  #shown = new Map();

  constructor(view, onEvent) {
    this.view = view;
    this.onEvent = onEvent;
  }

  /** Those that stay are left alone, so that none loses the focus. */
  show() {
    const groups = new Map(this.#groups().map((group) => [JSON.stringify(group), group]));
    for (const [key, marker] of this.#shown)
      if (!groups.has(key)) {
        marker.remove();
        this.#shown.delete(key);
      }
    for (const [key, group] of groups)
      if (!this.#shown.has(key)) {
        const press = () => (group.id ? this.onEvent(group.id) : this.#open(group).catch(dealtWith));
        const marker = new Marker({ element: buttonOf(group, press) });
        this.#shown.set(key, marker.setLngLat(group.at).addTo(this.view));
      }
  }

  /** What the tiles have, each thing once, though it may be in several of them while the map is zoomed. */
  #features() {
    const found = new Map();
    for (const { geometry, properties } of this.view.querySourceFeatures("events", { sourceLayer: "events" }))
      found.set(JSON.stringify([geometry.coordinates, properties]), { at: geometry.coordinates, ...properties });
    return [...found.values()];
  }

  /** Cells of a tile tell of what lies at both sides of their border: that is put together here. */
  #groups() {
    const groups = [];
    for (const feature of this.#features().sort((one, other) => other.count - one.count)) {
      const { x, y } = this.view.project(feature.at);
      const near = groups.find(({ point }) => Math.hypot(point.x - x, point.y - y) < apart);
      if (near) near.members.push(feature);
      else groups.push({ point: { x, y }, members: [feature] });
    }
    // A button out of sight would pull the map with it when it gets the focus.
    const bounds = this.view.getBounds();
    const seen = groups.filter(({ members }) => bounds.contains(members[0].at));
    return seen.map(({ members }) =>
      members.length === 1 ? { ...members[0], cells: [members[0].at] } : sumOf(members),
    );
  }

  /** Nearer and nearer; where all is as near as it gets, the list has what lies at one place. */
  async #open(group) {
    if (this.view.getZoom() >= this.view.getMaxZoom()) document.querySelector("#found").focus();
    else await this.#zoomInto(group);
  }

  /** To where its events come apart. A tile has eight cells a side, and the API says how far those of a cell lie apart. */
  async #zoomInto({ cells }) {
    const { view } = this;
    view.getCanvas().focus();
    const zoom = Math.min(20, Math.floor(view.getZoom()));
    const boxes = cells.map((at) => cellAt(at, 2 ** (zoom + 3)));
    const answers = await Promise.all(boxes.map((within) => graphql(clusters, { within, zoom })));
    const bounds = [
      ...boxes,
      ...answers.flatMap(({ eventClusters }) => eventClusters.map((cluster) => cluster.bounds)),
    ];
    const tight = bounds.length > boxes.length ? bounds.slice(boxes.length) : bounds;
    const most = (name) => Math.max(...tight.map((box) => box[name]));
    const least = (name) => Math.min(...tight.map((box) => box[name]));
    const box = [least("west"), least("south"), most("east"), most("north")];
    view.fitBounds(box, { padding: 48, maxZoom: Math.min(view.getMaxZoom(), zoom + 4) });
  }
}

const clusters = `query($within: BoundingBox!, $zoom: Int!) {
  eventClusters(within: $within, zoom: $zoom) { bounds { west south east north } } }`;

function sumOf(members) {
  const sum = (name) => members.reduce((total, member) => total + (member[name] ?? 0), 0);
  const told = members.some(({ low }) => low !== undefined) ? { low: sum("low"), high: sum("high") } : {};
  return { at: members[0].at, count: sum("count"), ...told, cells: members.map(({ at }) => at) };
}

function buttonOf(group, press) {
  const { count: many, title, startsOn } = group;
  const says =
    many > 1
      ? `${count(many, "event", "events")}: zoom in or see the list`
      : [title, startsOn].filter(Boolean).join(", ");
  const label = [says, isOff(group) && group.occurrence.toLowerCase(), people(group)].filter(Boolean).join(", ");
  const kind = many > 1 ? " many" : isOff(group) ? " off" : "";
  const button = el("button", { type: "button", class: `marker${kind}`, "aria-label": label, title: label });
  button.textContent = many > 1 ? count(many, "", "").trim() : isOff(group) ? "×" : "";
  button.addEventListener("click", press);
  return button;
}

/** The cell that a point is in, of a world with so many cells a side. */
function cellAt([lng, lat], cells) {
  const east = Math.floor(((lng + 180) / 360) * cells);
  const sine = Math.sin((lat * Math.PI) / 180);
  const south = Math.floor((0.5 - Math.atanh(sine) / (2 * Math.PI)) * cells);
  const lngOf = (edge) => (edge / cells) * 360 - 180;
  const latOf = (edge) => (Math.atan(Math.sinh(Math.PI * (1 - (2 * edge) / cells))) * 180) / Math.PI;
  return { west: lngOf(east), south: latOf(south + 1), east: lngOf(east + 1), north: latOf(south) };
}
