import {
  ArrayMaxSize,
  IsEmail,
  IsLatitude,
  IsLongitude,
  IsOptional,
  MaxLength,
  Validate,
  ValidatorConstraint,
  type ValidatorConstraintInterface,
} from "class-validator";
import { Field, Float, ID, InputType, Int } from "type-graphql";
import { EventTime, LocalDate } from "../../platform/graphql/scalars.js";
import { Text } from "../../platform/graphql/text.js";
import { RepeatableInput } from "../../platform/graphql/repeatable.js";
import { isTimeZone } from "../../platform/time.js";
import { AccessibilityStatus, EventRole, EventType, LocationPrecision, Visibility } from "./event.values.js";

@ValidatorConstraint({ name: "timeZone" })
class IsZone implements ValidatorConstraintInterface {
  validate = (value: unknown): boolean => typeof value === "string" && isTimeZone(value);
  defaultMessage = (): string => "must be the IANA name of a time zone, such as America/Chicago";
}

/** What the host of an event may say or leave out, when drafting and when editing. */
@InputType()
export abstract class EventDetailsInput extends RepeatableInput {
  @Field(() => String, { nullable: true, description: "What happens there: plain text, at most 5,000 characters." })
  @IsOptional()
  @Text(0, 5_000)
  description?: string | null;

  @Field(() => LocalDate, {
    nullable: true,
    description:
      "The day it begins. Enough by itself while the time is to be announced; with `startsAt` it may be left out.",
  })
  startsOn?: string | null;

  @Field(() => EventTime, {
    nullable: true,
    description:
      "When it begins. A local time that the clocks skip is refused; one that occurs twice is the first unless an offset is given.",
  })
  startsAt?: string | null;

  @Field(() => EventTime, {
    nullable: true,
    description: "When it ends, after it begins and within 14 days; needs `startsAt`.",
  })
  endsAt?: string | null;

  @Field(() => String, { nullable: true, description: "IANA name of its time zone; the city's unless told." })
  @IsOptional()
  @Validate(IsZone)
  timeZone?: string | null;

  @Field(() => String, { nullable: true, description: "Name of the place: at most 200 characters." })
  @IsOptional()
  @Text(0, 200)
  venue?: string | null;

  @Field(() => [String], { nullable: true, description: "Street and number: at most 3 lines of 200 characters." })
  @IsOptional()
  @ArrayMaxSize(3)
  @Text(0, 200, { each: true })
  addressLines?: string[] | null;

  @Field(() => String, { nullable: true, description: "City as in the address; the city's name unless told." })
  @IsOptional()
  @Text(0, 100)
  locality?: string | null;

  @Field(() => String, { nullable: true, description: "ZIP code: at most 20 characters." })
  @IsOptional()
  @Text(0, 20)
  postalCode?: string | null;

  @Field(() => Float, {
    nullable: true,
    description: "Degrees north of the place, -90 to 90; give both coordinates or none.",
  })
  @IsOptional()
  @IsLatitude({ message: "must be from -90 to 90" })
  latitude?: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "Degrees east of the place, -180 to 180; give both coordinates or none.",
  })
  @IsOptional()
  @IsLongitude({ message: "must be from -180 to 180" })
  longitude?: number | null;

  @Field(() => LocationPrecision, {
    nullable: true,
    description: "How exactly the public sees the place; EXACT in a new event unless told.",
  })
  locationPrecision?: LocationPrecision | null;

  @Field(() => Visibility, {
    nullable: true,
    description: "Who finds it once it is approved; PUBLIC in a new event unless told.",
  })
  visibility?: Visibility | null;

  @Field(() => AccessibilityStatus, {
    nullable: true,
    description: "Whether people with disabilities can take part; NOT_SURE in a new event unless told.",
  })
  accessibility?: AccessibilityStatus | null;

  @Field(() => String, { nullable: true, description: "More about access: at most 1,000 characters." })
  @IsOptional()
  @Text(0, 1_000)
  accessibilityNotes?: string | null;
}

@InputType()
export class DraftEventInput extends EventDetailsInput {
  @Field(() => ID, { description: "The campaign it belongs to." })
  campaignId!: string;

  @Field(() => ID, { description: "The city it is in; find it with `cities` or `city`." })
  cityId!: string;

  @Field(() => ID, {
    nullable: true,
    description: "The organization that leads it; you must be its admin. Left out: you host it yourself.",
  })
  organizationId?: string | null;

  @Field(() => EventType, { description: "What sort of gathering it is." })
  type!: EventType;

  @Field({ description: "What it is called: 3 to 120 characters." })
  @Text(3, 120)
  title!: string;

  @Field({ defaultValue: false, description: "Hand it in at once, as submitEvent does." })
  submit!: boolean;
}

@InputType()
export class EditEventInput extends EventDetailsInput {
  @Field(() => ID, { description: "An event that you manage." })
  eventId!: string;

  @Field(() => Int, {
    description:
      "The `version` that you have seen. When it is no longer the present one, the edit is refused with what has changed.",
  })
  version!: number;

  @Field(() => ID, { nullable: true, description: "The city it is in." })
  cityId?: string | null;

  @Field(() => EventType, { nullable: true, description: "What sort of gathering it is." })
  type?: EventType | null;

  @Field(() => String, { nullable: true, description: "What it is called: 3 to 120 characters." })
  @IsOptional()
  @Text(3, 120)
  title?: string | null;
}

@InputType()
export class EventRoleInput extends RepeatableInput {
  @Field(() => ID, { description: "An event that you may edit." })
  eventId!: string;

  @Field({ description: "The address that the person signs in with; need not have an account yet." })
  @MaxLength(254)
  @IsEmail({}, { message: "must be an e-mail address, such as ana@example.org" })
  email!: string;

  @Field(() => EventRole, { description: "What the person does for the event." })
  role!: EventRole;
}
