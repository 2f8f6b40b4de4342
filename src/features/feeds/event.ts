import type { Campaign } from "../campaigns/index.js";
import type { City } from "../cities/index.js";
import type { Event, LocationPrecision } from "../events/index.js";
import type { Organization } from "../organizations/index.js";
import type { EventTurnout } from "../turnout/index.js";

type Said = "title" | "description" | "type" | "occurrence" | "occurrenceReason" | "startsOn" | "endsOn" | "timeZone";
type More = "accessibility" | "accessibilityNotes" | "languages" | "onlineUrl" | "version";
type Named = Pick<Organization, "id" | "slug" | "name">;

/** Where an event is, as exactly as everybody may know. */
export interface PublicPlace {
  /** What the point is of: the place itself, the H3 cell that it is in, or its city. */
  pointOf: "PLACE" | "CELL" | "CITY";
  precision: LocationPrecision;
  venue: string | null;
  addressLines: string[];
  locality: string | null;
  region: string | null;
  postalCode: string | null;
  country: string;
  latitude: number;
  longitude: number;
}

/** A public event as everybody may know it: as JSON, instants are texts in UTC. */
export interface PublicEvent extends Pick<Event, Said | More> {
  id: string;
  url: string;
  startsAt: string | null;
  endsAt: string | null;
  city: Pick<City, "id" | "slug" | "name" | "region" | "country">;
  campaign: Pick<Campaign, "id" | "slug" | "title"> | null;
  /** The organization that leads. */
  organization: Named | null;
  coHosts: Named[];
  place: PublicPlace;
  /** What other systems know it by, as `mobilize:123`. */
  identifiers: string[];
  turnout: Pick<EventTurnout, "state" | "low" | "high" | "peakLow" | "peakHigh" | "reports"> & {
    observedAt: string | null;
  };
  /** Peacekeeper places that nobody holds, on shifts that take claims and are not over. */
  openPlaces: number;
  updatedAt: string;
}

export type PublicField = keyof PublicEvent;
