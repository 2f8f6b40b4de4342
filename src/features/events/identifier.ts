import { Column, Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
import { Event } from "./event.js";

/** What another system knows an event by. Two events may have the same: then they are likely one. */
@Entity("event_identifiers")
@Index(["system", "value"])
export class EventIdentifier {
  @ForeignKey(() => Event, { onDelete: "CASCADE" })
  @PrimaryColumn("uuid")
  eventId!: string;

  @PrimaryColumn("text") system!: string;
  @PrimaryColumn("text") value!: string;
  @Column("timestamptz") addedAt!: Date;
}

/** `system:value`; the value may have colons too. */
export const identifierPattern = /^[a-z0-9.-]{2,40}:[\x21-\x7e]{1,200}$/;
export const identifierRule =
  "must be a system (2 to 40 of a-z, 0-9, dots and hyphens), a colon and its id there (1 to 200 printable ASCII characters without spaces), such as mobilize:123";

/** System and value of an identifier that is known to be one. */
export function partsOf(identifier: string): Pick<EventIdentifier, "system" | "value"> {
  const colon = identifier.indexOf(":");
  return { system: identifier.slice(0, colon), value: identifier.slice(colon + 1) };
}
