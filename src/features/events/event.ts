import { Field, Float, Int, ObjectType } from "type-graphql";
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from "typeorm";
import { OneOf } from "../../platform/database/columns.js";
import { connectionOf } from "../../platform/graphql/connection.js";
import { Node } from "../../platform/graphql/node.js";
import type { LineString } from "../../platform/graphql/geojson.js";
import { DateTime, LocalDate } from "../../platform/graphql/scalars.js";
import { Campaign } from "../campaigns/index.js";
import { City } from "../cities/index.js";
import { Person } from "../people/index.js";
import { Location } from "./event.location.js";
import {
  AccessibilityStatus,
  EventPhase,
  EventRecord,
  EventType,
  LocationPrecision,
  Occurrence,
  PermitStatus,
  ReviewStatus,
  Visibility,
} from "./event.values.js";

@Entity("events")
@Index("events_campaign_start_idx", ["campaignId", "spanStartsAt", "id"])
@Index("events_city_start_idx", ["cityId", "spanStartsAt", "id"])
@Index("events_start_idx", ["spanStartsAt", "id"])
// An index on an expression is beyond TypeORM: the migration makes it, the catalogue check watches it.
@Index("events_public_point_idx", { synchronize: false })
@Index("events_search_idx", { synchronize: false })
@Index("events_review_held_by_idx", ["reviewHeldBy"], { where: "review_held_by IS NOT NULL" })
@Index("events_review_queue_idx", ["campaignId", "waitingSince", "id"], { where: "waiting_since IS NOT NULL" })
@Unique(["campaignId", "importKey"])
@OneOf("events", "type", EventType)
@OneOf("events", "review", ReviewStatus)
@OneOf("events", "visibility", Visibility)
@OneOf("events", "location_precision", LocationPrecision)
@OneOf("events", "accessibility", AccessibilityStatus)
@OneOf("events", "occurrence", Occurrence)
@OneOf("events", "record", EventRecord)
@OneOf("events", "permit_status", PermitStatus)
@Check("events_merged_check", "(record = 'MERGED') = (merged_into_id IS NOT NULL)")
@Check("events_days_check", "ends_on >= starts_on")
@Check("events_times_check", "ends_at > starts_at")
@Check("events_span_check", "span_ends_at > span_starts_at AND COALESCE(starts_at, span_starts_at) = span_starts_at")
@Check(
  "events_point_check",
  "abs(latitude) <= 90 AND abs(longitude) <= 180 AND (latitude IS NULL) = (longitude IS NULL)",
)
@Check(
  "events_accuracy_check",
  "accuracy_meters IS NULL OR (accuracy_meters BETWEEN 1 AND 100000 AND latitude IS NOT NULL)",
)
@Check("events_public_cell_check", "(location_precision = 'APPROXIMATE') = (public_cell IS NOT NULL)")
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

  /** The last day it touches, on the calendar of its place. */
  @Column("date") endsOn!: string;

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
  @Column("int", { nullable: true }) accuracyMeters!: number | null;
  @Column("jsonb", { nullable: true }) marchRoute!: LineString | null;

  /** The point that everybody may know: every search by place uses this one, whoever asks. */
  @Column("double precision") publicLatitude!: number;
  @Column("double precision") publicLongitude!: number;

  /** The H3 cell that everybody may know, where the precision is APPROXIMATE. */
  @Column("text", { nullable: true }) publicCell!: string | null;

  @Column("text") locationPrecision!: LocationPrecision;

  @Field({ description: "Whether those with a confirmed RSVP see the exact place." })
  @Column("boolean", { default: false })
  exactAfterRsvp!: boolean;

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

  @Field(() => [String], { description: "Languages spoken there, as BCP 47 tags such as `es`." })
  @Column("text", { array: true, default: "{}" })
  languages!: string[];

  @Field(() => String, { nullable: true, description: "What people should bring; plain text." })
  @Column("text", { nullable: true })
  whatToBring!: string | null;

  @Field(() => PermitStatus, { description: "Whether the authorities permit it, as the hosts say." })
  @Column("text", { default: PermitStatus.NOT_SAID })
  permitStatus!: PermitStatus;

  /** Whom to ask, as JSON; sealed, also where the hosts show it to everybody. */
  @Column("bytea", { nullable: true }) contactSealed!: Buffer | null;
  @Column("boolean", { default: false }) contactPublic!: boolean;

  @Field(() => Occurrence, { description: "Whether, and how, it takes place." })
  @Column("text", { default: Occurrence.SCHEDULED })
  occurrence!: Occurrence;

  @Field(() => String, {
    nullable: true,
    description: "Why it was moved, postponed or cancelled, as the hosts say it to everybody.",
  })
  @Column("text", { nullable: true })
  occurrenceReason!: string | null;

  @Field(() => String, { nullable: true, description: "Where it takes place online: an https address." })
  @Column("text", { nullable: true })
  onlineUrl!: string | null;

  /** What staff tell the hosts: what to change, or why it was rejected. */
  @Column("text", { nullable: true }) reviewNote!: string | null;
  /** Since when it waits for staff: submitted, or changed after the approval. */
  @Column("timestamptz", { nullable: true }) waitingSince!: Date | null;
  @ForeignKey(() => Person, { onDelete: "SET NULL" })
  @Column("uuid", { nullable: true })
  reviewHeldBy!: string | null;
  @Column("timestamptz", { nullable: true }) reviewHeldAt!: Date | null;
  /** Fields that were changed after the approval and that no reviewer has looked at yet. */
  @Column("text", { array: true, default: "{}" }) unreviewedFields!: string[];

  @Column("text", { default: EventRecord.LIVE }) record!: EventRecord;
  @Index()
  @ForeignKey(() => Event)
  @Column("uuid", { nullable: true })
  mergedIntoId!: string | null;
  @Column("timestamptz", { nullable: true }) removedAt!: Date | null;
  @Column("text", { nullable: true }) removedReason!: string | null;
  /** Whether it was ever public: only then the public learns that it is gone. */
  @Column("boolean", { default: false }) everPublic!: boolean;

  /** Events made from one another, as a weekly vigil. */
  @Index()
  @Column("uuid", { nullable: true })
  seriesId!: string | null;

  /** What an import knows the row by, so that the same file doubles nothing. */
  @Column("text", { nullable: true }) importKey!: string | null;

  /** The words of title, venue (where everybody may know it) and city, as they are searched: see `searchTextOf`. */
  @Column("text", { default: "" }) searchText!: string;

  @Field(() => Int, {
    description: "Rises with each change by its hosts; send it with an edit, so that nobody's change is overwritten.",
  })
  @Column("int", { default: 1 })
  version!: number;

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
}

/** The columns of an event, without what is read beside them. */
export type EventRow = Omit<Event, "phase" | "location" | "city" | "campaign">;

export const EventConnection = connectionOf("Event", () => Event, {
  onEdge: (edge) =>
    Field(() => Float, {
      nullable: true,
      description:
        "Kilometres from the point of `filter.near` to the event's public point, along a great circle; null in a list without.",
    })(edge, "distanceKm"),
});
