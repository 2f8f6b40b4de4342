import {
  ArrayMaxSize,
  IsEmail,
  IsOptional,
  Matches,
  MaxLength,
  Validate,
  ValidateNested,
  ValidatorConstraint,
  type ValidatorConstraintInterface,
} from "class-validator";
import { Field, ID, InputType, Int } from "type-graphql";
import { LanguageTag } from "../../platform/graphql/language.js";
import { RepeatableInput } from "../../platform/graphql/repeatable.js";
import { EventTime, LocalDate } from "../../platform/graphql/scalars.js";
import { Text } from "../../platform/graphql/text.js";
import { isTimeZone } from "../../platform/time.js";
import { AccessibilityStatus, EventRole, EventType, PermitStatus, Visibility } from "./event.values.js";
import { EventPlaceInput } from "./place.inputs.js";

@ValidatorConstraint({ name: "timeZone" })
class IsZone implements ValidatorConstraintInterface {
  validate = (value: unknown): boolean => typeof value === "string" && isTimeZone(value);
  defaultMessage = (): string => "must be the IANA name of a time zone, such as America/Chicago";
}

@InputType({ description: "Whom to ask about an event; give at least one." })
class EventContactInput {
  @Field(() => String, { nullable: true, description: "Name of the person or office: at most 100 characters." })
  @IsOptional()
  @Text(0, 100)
  name?: string | null;

  @Field(() => String, { nullable: true, description: "E-mail address: at most 254 characters." })
  @IsOptional()
  @MaxLength(254)
  @IsEmail({}, { message: "must be an e-mail address, such as ana@example.org" })
  email?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Telephone number: 5 to 30 digits, plus signs, spaces, hyphens and brackets.",
  })
  @IsOptional()
  @Matches(/^(?=.*\d)[\d+ ()-]{5,30}$/, { message: "must be 5 to 30 digits, plus signs, spaces, hyphens and brackets" })
  phone?: string | null;
}

/** What the host of an event may say or leave out, when drafting and when editing. */
@InputType()
export abstract class EventDetailsInput extends EventPlaceInput {
  @Field(() => String, { nullable: true, description: "What happens there: plain text, at most 5,000 characters." })
  @IsOptional()
  @Text(0, 5_000)
  description?: string | null;

  @Field(() => LocalDate, {
    nullable: true,
    description:
      "The day it begins. Enough by itself while the time is to be announced; with `startsAt` it may be left out. In an edit, alone, it moves the event to another day with its clock times.",
  })
  startsOn?: string | null;

  @Field(() => EventTime, {
    nullable: true,
    description:
      "When it begins; null: to be announced. A local time that the clocks skip is refused; one that occurs twice is the first unless an offset is given.",
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

  @Field(() => String, { nullable: true, description: "What people should bring: at most 1,000 characters." })
  @IsOptional()
  @Text(0, 1_000)
  whatToBring?: string | null;

  @Field(() => PermitStatus, {
    nullable: true,
    description: "Whether the authorities permit it; NOT_SAID in a new event unless told.",
  })
  permitStatus?: PermitStatus | null;

  @Field(() => EventContactInput, { nullable: true, description: "Whom to ask; replaces all of the one before." })
  @IsOptional()
  @ValidateNested()
  contact?: EventContactInput | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      "True: whoever sees the event sees its contact. False, as in a new event: those who manage it only, and each look is kept in the audit trail.",
  })
  contactPublic?: boolean | null;
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

  @Field({
    description:
      "What it is called: 3 to 120 characters (Unicode code points, as everywhere here; an emoji may be several).",
  })
  @Text(3, 120)
  title!: string;

  @Field(() => [String], {
    nullable: true,
    description:
      "Languages spoken there: at most 20 BCP 47 tags, such as es; later see addEventLanguage and removeEventLanguage.",
  })
  @IsOptional()
  @ArrayMaxSize(20)
  @LanguageTag({ each: true })
  languages?: string[] | null;

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

  @Field(() => String, {
    nullable: true,
    description:
      "What it is called: 3 to 120 characters (Unicode code points, as everywhere here; an emoji may be several).",
  })
  @IsOptional()
  @Text(3, 120)
  title?: string | null;
}

@InputType()
export class EventLanguageInput extends RepeatableInput {
  @Field(() => ID, { description: "An event that you manage." })
  eventId!: string;

  @Field({ description: "A BCP 47 tag, such as es or zh-Hant; kept in its canonical form." })
  @LanguageTag()
  language!: string;
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
