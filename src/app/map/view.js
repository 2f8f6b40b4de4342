import { AttributionControl, Map as View, NavigationControl, setWorkerUrl } from "maplibre-gl";
import { base, tellTrouble } from "./api.js";
import { Markers } from "./markers.js";

const dark = matchMedia("(prefers-color-scheme: dark)");
const colours = () =>
  dark.matches
    ? { water: "#14181d", land: "#262d35", border: "#55606c", name: "#b4bcc6" }
    : { water: "#dfe7ee", land: "#fbfaf7", border: "#98a2ac", name: "#4d555e" };

const nation = [
  [-125, 24],
  [-66.5, 49.8],
];

/** Everything comes from this server: letters are drawn with the fonts of the reader's own machine. */
function styleOf(query) {
  const { water, land, border, name } = colours();
  return {
    version: 8,
    sources: {
      states: { type: "geojson", data: new URL("map/states.geojson", base).href },
      events: { type: "vector", tiles: tilesOf(query), minzoom: 0, maxzoom: 20 },
    },
    layers: [
      { id: "water", type: "background", paint: { "background-color": water } },
      { id: "land", type: "fill", source: "states", paint: { "fill-color": land } },
      { id: "borders", type: "line", source: "states", paint: { "line-color": border, "line-width": 1 } },
      {
        id: "names",
        type: "symbol",
        source: "states",
        filter: ["==", ["geometry-type"], "Point"],
        minzoom: 3,
        layout: { "text-field": ["get", "name"], "text-font": ["sans-serif"], "text-size": 12 },
        paint: { "text-color": name, "text-halo-color": land, "text-halo-width": 1 },
      },
      // What the tiles say is shown by buttons, which everybody can press; the layer has them loaded.
      { id: "events", type: "circle", source: "events", "source-layer": "events", paint: { "circle-opacity": 0 } },
    ],
  };
}

const tilesOf = (query) => [`${base.href}tiles/{z}/{x}/{y}.mvt?${query}`];

/** Opens the map; null where the browser can draw none: the list has the same events. */
export function openMap(query, { onMove, onEvent }) {
  const view = makeView(query);
  if (!view) return null;
  setWorkerUrl(new URL("map/maplibre-gl/maplibre-gl-worker.mjs", base).href);
  view.addControl(new NavigationControl({ showCompass: false }), "top-right");
  const credit = "States: U.S. Census, us-atlas · MapLibre";
  view.addControl(new AttributionControl({ compact: true, customAttribution: credit }));
  view.getCanvas().setAttribute("aria-label", "Map: move it with the arrow keys, zoom with plus and minus");
  dark.addEventListener("change", () => recolour(view));
  view.on("moveend", onMove);
  view.on("error", ({ error }) => tellOfTiles(view, error));
  const markers = new Markers(view, onEvent);
  view.on("idle", () => markers.show());
  return {
    bbox: () => bboxOf(view),
    show: (next) => view.getSource("events")?.setTiles(tilesOf(next)),
    refresh: () => view.refreshTiles("events"),
    go: (at) => view.easeTo({ center: at, zoom: Math.max(view.getZoom(), 9) }),
  };
}

function makeView(query) {
  try {
    return new View({
      container: "map",
      style: styleOf(query),
      bounds: nation,
      fitBoundsOptions: { padding: 16 },
      minZoom: 2,
      maxZoom: 16,
      hash: true,
      renderWorldCopies: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      attributionControl: false,
    });
  } catch {
    tellTrouble("map", "This browser can't draw the map. The list has all events.");
    return null;
  }
}

function recolour(view) {
  const { water, land, border, name } = colours();
  view.setPaintProperty("water", "background-color", water);
  view.setPaintProperty("land", "fill-color", land);
  view.setPaintProperty("borders", "line-color", border);
  view.setPaintProperty("names", "text-color", name);
  view.setPaintProperty("names", "text-halo-color", land);
}

let again;
function tellOfTiles(view, error) {
  if (error?.status !== 429 && !(error?.status >= 500)) return;
  tellTrouble("map", "The server is busy. Parts of the map are missing; trying again in 10 seconds.");
  clearTimeout(again);
  again = setTimeout(() => {
    tellTrouble("map", "");
    view.refreshTiles("events");
  }, 10_000);
}

const within = (value, most) => Math.max(-most, Math.min(most, value)).toFixed(5);

/** What is in view, as the API takes it: west,south,east,north. */
function bboxOf(view) {
  const bounds = view.getBounds();
  const [west, east] = [bounds.getWest(), bounds.getEast()].map((value) => within(value, 180));
  const [south, north] = [bounds.getSouth(), bounds.getNorth()].map((value) => within(value, 90));
  return [west, south, east, north].join(",");
}
