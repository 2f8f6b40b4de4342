import type { Sql } from "../../platform/reading/shape.js";

/** SQL: this row is a clearance by an organization that is verified, whether or not it has expired. */
const cleared = (row: string): Sql =>
  `(${row}.status = 'CLEARED' AND EXISTS (SELECT 1 FROM organizations clearer WHERE clearer.id = ${row}.organization_id AND clearer.verified))`;

/** SQL: this row is a clearance that counts, and does until then. */
export const counting = (row: string, until: Sql): Sql =>
  `(${cleared(row)} AND (${row}.expires_at IS NULL OR ${row}.expires_at >= ${until}))`;

const forEach = (person: Sql, kinds: Sql, condition: Sql): Sql =>
  `NOT EXISTS (SELECT 1 FROM unnest(${kinds}) needed(kind) WHERE NOT EXISTS (
     SELECT 1 FROM qualifications held WHERE held.person_id = ${person} AND held.kind = needed.kind AND ${condition}))`;

/** SQL: for each of the kinds, a text[], the person has a clearance that counts until then. */
export const qualified = (person: Sql, kinds: Sql, until: Sql): Sql => forEach(person, kinds, counting("held", until));

/** SQL: for each of the kinds the person has a clearance, but maybe one that expires or has: who was never cleared, or no longer is, has none. */
export const onceQualified = (person: Sql, kinds: Sql): Sql => forEach(person, kinds, cleared("held"));

/** SQL: the person has a clearance of some kind that counts until then. */
export const holdsAny = (person: Sql, until: Sql): Sql =>
  `EXISTS (SELECT 1 FROM qualifications held WHERE held.person_id = ${person} AND ${counting("held", until)})`;
