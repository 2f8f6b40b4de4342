import Builder from "fast-xml-builder";
import { timesInWords } from "../events/index.js";
import type { PublicEvent, PublicField } from "./event.js";
import { fieldsSql } from "./event.sql.js";
import { type About, type Format, noteOf, placeLine, type Writer } from "./format.js";

const said: PublicField[] = [
  "id",
  "url",
  "title",
  "description",
  "type",
  "occurrence",
  "occurrenceReason",
  "onlineUrl",
];
const times: PublicField[] = ["startsOn", "startsAt", "endsAt", "timeZone", "updatedAt"];

const builder = new Builder({ ignoreAttributes: false, attributeNamePrefix: "@", suppressEmptyNode: true });

/** XML 1.0 has no way to write these, not even escaped. */
const unwritable = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
const xml = (elements: object): string => builder.build(elements).replaceAll(unwritable, "");

/** Atom (RFC 4287) with points as GeoRSS. */
export const atom: Format = {
  type: "application/atom+xml; charset=utf-8",
  more: [],
  fields: [...said, ...times, "organization", "place"],
  columns: (some, scope) => `${fieldsSql(some, scope)} AS event`,
  dated: true,
  writer: (about): Writer => ({
    begin: () => `<?xml version="1.0" encoding="utf-8"?>\n${opening(about)}`,
    rows: (rows) => rows.map(({ event }) => `${xml({ entry: entryOf(event as PublicEvent, about) })}\n`).join(""),
    end: () => "</feed>\n",
  }),
};

/** Of a feed without events: it has not changed since there were feeds. */
const never = "2026-01-01T00:00:00Z";

function opening({ title, address, publicUrl, updatedAt }: About): string {
  const self = publicUrl + address;
  const inner = xml({
    id: self,
    title,
    updated: updatedAt ?? never,
    author: { name: "rallygraph" },
    link: { "@rel": "self", "@type": "application/atom+xml", "@href": self },
  });
  return `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:georss="http://www.georss.org/georss">${inner}\n`;
}

const entryOf = (event: PublicEvent, { publicUrl }: About): object => ({
  id: event.url,
  title: noteOf(event) + event.title,
  updated: event.updatedAt,
  ...(event.organization ? { author: { name: event.organization.name } } : {}),
  link: [
    { "@rel": "alternate", "@type": "application/ld+json", "@href": `${publicUrl}/events/${event.id}.jsonld` },
    { "@rel": "related", "@type": "text/calendar", "@href": `${publicUrl}/events/${event.id}.ics` },
  ],
  category: [{ "@term": event.type }, { "@term": event.occurrence }],
  content: { "@type": "text", "#text": wordsOf(event) },
  "georss:point": `${event.place.latitude} ${event.place.longitude}`,
});

const wordsOf = (event: PublicEvent): string =>
  [event.occurrenceReason, timesInWords(event), placeLine(event), event.description].filter(Boolean).join("\n\n");
