import { one, type Scope, shape, type Sql } from "../../platform/reading/shape.js";
import { follows } from "./event.follow.js";
import { concerned } from "./event.policy.js";
import { FollowReason } from "./event.values.js";

/**
 * SQL: the reader may know the exact place. Everybody where it is public; else those concerned, those who stand
 * there as peacekeepers, and those with a confirmed RSVP where the hosts say so.
 */
export function seesPlace(row: string, scope: Scope): Sql {
  const open = `${row}.location_precision = 'EXACT'`;
  if (!scope.signedIn) return `(${open})`;
  const stands = follows(row, FollowReason.SHIFT, scope);
  const comes = follows(row, FollowReason.RSVP, scope);
  return `(${open} OR ${concerned(row, scope)} OR ${stands} OR (${row}.exact_after_rsvp AND ${comes}))`;
}

const exactly =
  (known: (row: string) => Sql, otherwise: (row: string) => Sql) =>
  (row: string): Sql =>
    `CASE WHEN ${row}.sees_place THEN ${known(row)} ELSE ${otherwise(row)} END`;

const column = (name: string, otherwise = "NULL") =>
  exactly(
    (row) => `${row}.${name}`,
    () => otherwise,
  );
const coordinate = (name: string) =>
  exactly(
    (row) => `COALESCE(${row}.${name}, ${row}.public_${name})`,
    (row) => `${row}.public_${name}`,
  );

/** What the reader may know of a place, as columns of {@link placeTable}. */
export const placeColumns = {
  venue: column("venue"),
  addressLines: column("address_lines", "'{}'::text[]"),
  locality: exactly(
    (row) => `${row}.locality`,
    (row) => `(SELECT city.name FROM cities city WHERE city.id = ${row}.city_id)`,
  ),
  postalCode: column("postal_code"),
};

// What a city has everybody may know: `region` and `country` are always the city's own.
const locationShape = shape("Location", {
  precision: exactly(
    () => "'EXACT'",
    (row) => `${row}.location_precision`,
  ),
  publicPrecision: (row) => `${row}.location_precision`,
  ...placeColumns,
  latitude: coordinate("latitude"),
  longitude: coordinate("longitude"),
  accuracyMeters: column("accuracy_meters"),
  marchRoute: column("march_route"),
  cell: exactly(
    () => "NULL",
    (row) => `${row}.public_cell`,
  ),
});

/** The place is in the event's own row: no table of its own. OFFSET keeps the right to it from being judged for each column. */
export const placeTable = (event: string, scope: Scope): Sql =>
  `(SELECT ${event}.*, ${seesPlace(event, scope)} AS sees_place OFFSET 0)`;

export const locationEdge = one({
  shape: () => locationShape,
  from: (row, parent, scope) => ({
    table: `${placeTable(parent, scope)} ${row}`,
    where: [],
  }),
});
