import { badInput } from "../../platform/errors.js";
import { tidy } from "../../platform/graphql/text.js";
import type { City } from "../cities/index.js";
import type { EventDetailsInput } from "./event.inputs.js";
import type { BlankEvent } from "./event.blank.js";
import type { EventRow } from "./event.js";
import { LocationPrecision } from "./event.values.js";

/** The place that an input sets, and with it the point that everybody may know. */
export function placeOf(input: EventDetailsInput, before: BlankEvent, city: City): Partial<EventRow> {
  const moved = city.id !== before.cityId;
  const kept = <Name extends keyof BlankEvent & keyof EventDetailsInput>(name: Name): BlankEvent[Name] =>
    input[name] === undefined ? before[name] : (input[name] as BlankEvent[Name]);
  const [latitude, longitude] = [kept("latitude"), kept("longitude")];
  if ((latitude === null) !== (longitude === null))
    throw badInput(
      latitude === null ? "input.latitude" : "input.longitude",
      "is missing: give both coordinates or none",
    );
  const locationPrecision = input.locationPrecision ?? before.locationPrecision;
  const shown = locationPrecision === LocationPrecision.EXACT && latitude !== null && longitude !== null;
  return {
    cityId: city.id,
    region: city.region,
    country: city.country,
    venue: input.venue === undefined ? before.venue : tidy(input.venue),
    addressLines:
      input.addressLines === undefined
        ? before.addressLines
        : (input.addressLines ?? []).map(tidy).filter((line) => line !== null),
    locality: input.locality === undefined && !moved ? before.locality : (tidy(input.locality) ?? city.name),
    postalCode: input.postalCode === undefined ? before.postalCode : tidy(input.postalCode),
    latitude,
    longitude,
    publicLatitude: shown ? latitude : city.latitude,
    publicLongitude: shown ? longitude : city.longitude,
    locationPrecision,
  };
}
