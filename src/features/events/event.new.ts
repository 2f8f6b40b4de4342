import { tidy } from "../../platform/graphql/text.js";
import type { City } from "../cities/index.js";
import { blankEvent } from "./event.blank.js";
import { detailsOf } from "./event.details.js";
import type { DraftEventInput } from "./event.inputs.js";
import { timesOf } from "./event.times.js";
import { languagesOf } from "./language.service.js";
import type { NewEvent } from "./event.write.js";

/** A new event as its host says it; not written yet. */
export function newEvent(
  input: DraftEventInput,
  city: City,
  campaignId: string | null,
  createdBy: string | null,
): NewEvent {
  const blank = blankEvent(city, campaignId, createdBy);
  const times = timesOf(input, input.timeZone ?? city.timeZone);
  return {
    ...blank,
    ...times,
    title: tidy(input.title)!,
    ...detailsOf(input, blank, city),
    languages: languagesOf(input.languages),
  };
}
