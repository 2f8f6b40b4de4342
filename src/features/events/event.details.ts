import type { Transaction } from "../../platform/database/transact.js";
import { fromGlobalId } from "../../platform/database/ids.js";
import { badInput } from "../../platform/errors.js";
import { tidy } from "../../platform/graphql/text.js";
import { City } from "../cities/index.js";
import type { EventDetailsInput } from "./event.inputs.js";
import type { BlankEvent } from "./event.blank.js";
import type { EventRow } from "./event.js";
import type { EventType } from "./event.values.js";
import { placeOf } from "./event.place.js";

const texts = ["description", "accessibilityNotes", "whatToBring"] as const;
const choices = [
  "type",
  "visibility",
  "accessibility",
  "locationPrecision",
  "exactAfterRsvp",
  "permitStatus",
  "contactPublic",
] as const;

/** What is drafted, or edited: null stands for what cannot be cleared, and is refused. */
type Details = EventDetailsInput & { type?: EventType | null; title?: string | null };

/** The columns that an input sets: what is left out stays as it is, or as it is in a blank event. */
export function detailsOf(input: Details, before: BlankEvent, city: City): Partial<EventRow> {
  const patch: Partial<EventRow> = placeOf(input, before, city);
  if (given(input, "title")) patch.title = tidy(input.title)!;
  for (const name of texts) if (input[name] !== undefined) patch[name] = tidy(input[name]);
  for (const name of choices) if (given(input, name)) Object.assign(patch, { [name]: input[name] });
  return patch;
}

/** Whether an input has a value for what an event always has; null is refused. */
function given(input: Details, name: keyof Details): boolean {
  if (input[name] === null) throw badInput(`input.${name}`, "cannot be cleared; leave it out to keep it as it is");
  return input[name] !== undefined;
}

/** The city of an input's id. */
export async function cityOf(tx: Transaction, id: string): Promise<City> {
  const city = await tx.db.findOneBy(City, { id: fromGlobalId("City", id, "input.cityId") });
  if (!city) throw badInput("input.cityId", "is not the id of a city; see `cities`");
  return city;
}
