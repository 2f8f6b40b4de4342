import { newId } from "../../platform/database/ids.js";
import type { City } from "../cities/index.js";
import type { EventRow } from "./event.js";
import {
  AccessibilityStatus,
  EventRecord,
  EventType,
  LocationPrecision,
  Occurrence,
  PermitStatus,
  ReviewStatus,
  Visibility,
} from "./event.values.js";

type Said =
  "title" | "searchText" | "startsOn" | "startsAt" | "endsAt" | "timeZone" | "spanStartsAt" | "spanEndsAt" | "endsOn";

/** What an event has before its hosts have said what and when it is, and before it is written. */
export type BlankEvent = Omit<EventRow, Said | "version" | "everPublic" | "createdAt" | "updatedAt">;

/** An event with nothing said yet but its city. */
export const blankEvent = (city: City, campaignId: string | null, createdBy: string | null): BlankEvent => ({
  id: newId(),
  campaignId,
  createdBy,
  cityId: city.id,
  type: EventType.OTHER,
  description: null,
  venue: null,
  addressLines: [],
  locality: city.name,
  region: city.region,
  postalCode: null,
  country: city.country,
  latitude: null,
  longitude: null,
  accuracyMeters: null,
  marchRoute: null,
  publicLatitude: city.latitude,
  publicLongitude: city.longitude,
  publicCell: null,
  locationPrecision: LocationPrecision.EXACT,
  exactAfterRsvp: false,
  visibility: Visibility.PUBLIC,
  review: ReviewStatus.DRAFT,
  accessibility: AccessibilityStatus.NOT_SURE,
  accessibilityNotes: null,
  languages: [],
  whatToBring: null,
  permitStatus: PermitStatus.NOT_SAID,
  contactSealed: null,
  contactPublic: false,
  occurrence: Occurrence.SCHEDULED,
  occurrenceReason: null,
  onlineUrl: null,
  reviewNote: null,
  waitingSince: null,
  reviewHeldBy: null,
  reviewHeldAt: null,
  unreviewedFields: [],
  record: EventRecord.LIVE,
  mergedIntoId: null,
  removedAt: null,
  removedReason: null,
  seriesId: null,
  importKey: null,
});
