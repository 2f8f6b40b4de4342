import { cellToLatLng, greatCircleDistance, latLngToCell } from "h3-js";
import { badInput } from "../../platform/errors.js";
import type { LineString } from "../../platform/graphql/geojson.js";
import { tidy } from "../../platform/graphql/text.js";
import type { City } from "../cities/index.js";
import type { BlankEvent } from "./event.blank.js";
import type { EventRow } from "./event.js";
import { LocationPrecision } from "./event.values.js";
import type { EventPlaceInput } from "./place.inputs.js";

const cellResolution = 7;
const longestRouteKm = 100;

type Patch = Partial<EventRow>;
type Point = Pick<EventRow, "latitude" | "longitude">;

/** The place that an input sets, and with it what everybody may know of it. */
export function placeOf(input: EventPlaceInput, before: BlankEvent, city: City): Patch {
  const point = pointOf(input, before);
  return {
    cityId: city.id,
    region: city.region,
    country: city.country,
    ...addressOf(input, before, city),
    ...point,
    accuracyMeters: accuracyOf(input, before, point),
    marchRoute: input.marchRoute === undefined ? before.marchRoute : routeOf(input.marchRoute),
    ...publicPlace(input.locationPrecision ?? before.locationPrecision, point, city),
  };
}

/** What everybody may know, made anew from the place whenever that or the precision changes: nothing of the old one stays. */
export function publicPlace(
  precision: LocationPrecision,
  { latitude, longitude }: Point,
  city: City,
): Pick<EventRow, "publicLatitude" | "publicLongitude" | "publicCell"> {
  const [lat, lng] = latitude === null || longitude === null ? [city.latitude, city.longitude] : [latitude, longitude];
  if (precision === LocationPrecision.EXACT) return { publicLatitude: lat, publicLongitude: lng, publicCell: null };
  if (precision === LocationPrecision.CITY)
    return { publicLatitude: city.latitude, publicLongitude: city.longitude, publicCell: null };
  const publicCell = latLngToCell(lat, lng, cellResolution);
  const [publicLatitude, publicLongitude] = cellToLatLng(publicCell);
  return { publicLatitude, publicLongitude, publicCell };
}

function addressOf(input: EventPlaceInput, before: BlankEvent, city: City): Patch {
  const moved = city.id !== before.cityId;
  const { venue, addressLines, locality, postalCode } = input;
  return {
    ...(venue === undefined ? {} : { venue: tidy(venue) }),
    ...(postalCode === undefined ? {} : { postalCode: tidy(postalCode) }),
    ...(addressLines === undefined ? {} : { addressLines: (addressLines ?? []).map(tidy).filter((l) => l !== null) }),
    locality: locality === undefined && !moved ? before.locality : (tidy(locality) ?? city.name),
  };
}

function pointOf(input: EventPlaceInput, before: BlankEvent): Point {
  const latitude = input.latitude === undefined ? before.latitude : input.latitude;
  const longitude = input.longitude === undefined ? before.longitude : input.longitude;
  if ((latitude === null) !== (longitude === null))
    throw badInput(
      latitude === null ? "input.latitude" : "input.longitude",
      "is missing: give both coordinates or none",
    );
  return { latitude, longitude };
}

/** How far the point may be off says nothing without a point: it goes with it. */
function accuracyOf(input: EventPlaceInput, before: BlankEvent, point: Point): number | null {
  if (input.accuracyMeters && point.latitude === null)
    throw badInput("input.accuracyMeters", "needs latitude and longitude");
  if (point.latitude === null) return null;
  return input.accuracyMeters === undefined ? before.accuracyMeters : input.accuracyMeters;
}

function routeOf(route: LineString | null): LineString | null {
  const points = route?.coordinates.map(([east, north]): [number, number] => [north, east]) ?? [];
  const km = points.slice(1).reduce((sum, point, index) => sum + greatCircleDistance(points[index]!, point, "km"), 0);
  if (km > longestRouteKm) throw badInput("input.marchRoute", `must be at most ${longestRouteKm} km long`);
  return route;
}
