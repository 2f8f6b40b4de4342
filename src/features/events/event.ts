import { Field, Float, ObjectType } from "type-graphql";
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
import { OneOf } from "../../platform/database/columns.js";
import { connectionOf } from "../../platform/graphql/connection.js";
import { Node } from "../../platform/graphql/node.js";
import { DateTime, LocalDate } from "../../platform/graphql/scalars.js";
import { Campaign } from "../campaigns/index.js";
import { City } from "../cities/index.js";
import { Organization } from "../organizations/index.js";
import { Person } from "../people/index.js";
import {
  AccessibilityStatus,
  EventPhase,
  EventRole,
  EventType,
  HostRole,
  LocationPrecision,
  ReviewStatus,
  Visibility,
} from "./event.values.js";

/** Where an event is, as exactly as this reader may know. Read from the event's own row. */
@ObjectType({ description: "Where an event is, as exactly as you may know. Null means not known, or not for you." })
export class Location {
  @Field(() => LocationPrecision, { description: "How exactly you see it." })
  precision!: LocationPrecision;
  @Field(() => String, { nullable: true, description: "Name of the place." })
  venue!: string | null;
  @Field(() => [String], { description: "Street and number, one line each." })
  addressLines!: string[];
  @Field(() => String, { nullable: true, description: "City as in the address." })
  locality!: string | null;
  @Field(() => String, { nullable: true, description: "State, as its postal abbreviation." })
  region!: string | null;
  @Field(() => String, { nullable: true, description: "ZIP code." })
  postalCode!: string | null;
  @Field({ description: "ISO 3166-1 alpha-2 code." })
  country!: string;
  @Field(() => Float, {
    description: "Degrees north, WGS 84; the city's where the place has no point, or none for you.",
  })
  latitude!: number;
  @Field(() => Float, {
    description: "Degrees east, WGS 84; the city's where the place has no point, or none for you.",
  })
  longitude!: number;
}

@Entity("events")
@Index("events_campaign_start_idx", ["campaignId", "spanStartsAt", "id"])
@Index("events_city_start_idx", ["cityId", "spanStartsAt", "id"])
@Index("events_start_idx", ["spanStartsAt", "id"])
// An index on an expression is beyond TypeORM: the migration makes it, the catalogue check watches it.
@Index("events_public_point_idx", { synchronize: false })
@OneOf("events", "type", EventType)
@OneOf("events", "review", ReviewStatus)
@OneOf("events", "visibility", Visibility)
@OneOf("events", "location_precision", LocationPrecision)
@OneOf("events", "accessibility", AccessibilityStatus)
@Check("events_times_check", "ends_at > starts_at")
@Check("events_span_check", "span_ends_at > span_starts_at AND COALESCE(starts_at, span_starts_at) = span_starts_at")
@Check(
  "events_point_check",
  "abs(latitude) <= 90 AND abs(longitude) <= 180 AND (latitude IS NULL) = (longitude IS NULL)",
)
@ObjectType({ description: "A gathering: always in a city, usually of a campaign.", implements: Node })
export class Event {
  @PrimaryColumn("uuid") id!: string;

  @ForeignKey(() => Campaign)
  @Column("uuid", { nullable: true })
  campaignId!: string | null;

  @ForeignKey(() => City)
  @Column("uuid")
  cityId!: string;

  @ForeignKey(() => Person, { onDelete: "SET NULL" })
  @Index()
  @Column("uuid", { nullable: true })
  createdBy!: string | null;

  @Field(() => EventType, { description: "What sort of gathering it is." })
  @Column("text")
  type!: EventType;

  @Field({ description: "What it is called." })
  @Column("text")
  title!: string;

  @Field(() => String, { nullable: true, description: "What happens there; plain text." })
  @Column("text", { nullable: true })
  description!: string | null;

  @Field(() => LocalDate, { description: "The day it begins, on the calendar of its place." })
  @Column("date")
  startsOn!: string;

  @Field(() => DateTime, { nullable: true, description: "When it begins; null while the time is to be announced." })
  @Column("timestamptz", { nullable: true })
  startsAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: "When it ends; null when that is not known." })
  @Column("timestamptz", { nullable: true })
  endsAt!: Date | null;

  @Field({ description: "IANA name of its time zone." })
  @Column("text")
  timeZone!: string;

  /** Always there, for order, spans and phase: the known times, or the local day. */
  @Column("timestamptz") spanStartsAt!: Date;
  @Column("timestamptz") spanEndsAt!: Date;

  @Column("text", { nullable: true }) venue!: string | null;
  @Column("text", { array: true, default: "{}" }) addressLines!: string[];
  @Column("text", { nullable: true }) locality!: string | null;
  @Column("text", { nullable: true }) region!: string | null;
  @Column("text", { nullable: true }) postalCode!: string | null;
  @Column("text") country!: string;
  @Column("double precision", { nullable: true }) latitude!: number | null;
  @Column("double precision", { nullable: true }) longitude!: number | null;

  /** The point that everybody may know: every search by place uses this one, whoever asks. */
  @Column("double precision") publicLatitude!: number;
  @Column("double precision") publicLongitude!: number;

  @Column("text") locationPrecision!: LocationPrecision;

  @Field(() => Visibility, { description: "Who finds it once it is approved." })
  @Column("text")
  visibility!: Visibility;

  @Field(() => ReviewStatus, { description: "Where the review by the campaign's staff stands." })
  @Column("text")
  review!: ReviewStatus;

  @Field(() => AccessibilityStatus, { description: "Whether people with disabilities can take part." })
  @Column("text")
  accessibility!: AccessibilityStatus;

  @Field(() => String, { nullable: true, description: "More about access: ramps, interpreters, seating." })
  @Column("text", { nullable: true })
  accessibilityNotes!: string | null;

  @Field(() => DateTime, { description: "When it was drafted." })
  @Column("timestamptz")
  createdAt!: Date;

  @Field(() => DateTime, { description: "When it was last changed." })
  @Column("timestamptz")
  updatedAt!: Date;

  @Field(() => EventPhase, { description: "By the clock: a day whose time is to be announced is ONGOING all day." })
  phase!: EventPhase;

  @Field(() => Location, { description: "Where it is, as exactly as you may know." })
  location!: Location;

  @Field(() => City, { description: "The city it is in." })
  city!: City;

  @Field(() => Campaign, { nullable: true, description: "The campaign it belongs to." })
  campaign!: Campaign | null;

  @Field(() => [EventHost], {
    description: "The organizations that host it, the lead first; none when a person hosts it alone.",
  })
  hosts!: EventHost[];
}

/** Organization × event. */
@Entity("event_hosts")
@OneOf("event_hosts", "role", HostRole)
@ObjectType({ description: "An organization that hosts an event." })
export class EventHost {
  @ForeignKey(() => Event, { onDelete: "CASCADE" })
  @PrimaryColumn("uuid")
  eventId!: string;

  @Index()
  @ForeignKey(() => Organization, { onDelete: "CASCADE" })
  @PrimaryColumn("uuid")
  organizationId!: string;

  @Field(() => HostRole, { description: "Whether it leads or helps." })
  @Column("text")
  role!: HostRole;

  @Field(() => Organization, { description: "Who hosts." })
  organization!: Organization;
}

/** Person × event: never public. */
@Entity("event_roles")
@OneOf("event_roles", "role", EventRole)
export class EventRoleAssignment {
  @ForeignKey(() => Event, { onDelete: "CASCADE" })
  @PrimaryColumn("uuid")
  eventId!: string;

  @Index()
  @ForeignKey(() => Person, { onDelete: "CASCADE" })
  @PrimaryColumn("uuid")
  personId!: string;

  @PrimaryColumn("text") role!: EventRole;
}

export const EventConnection = connectionOf("Event", () => Event);
