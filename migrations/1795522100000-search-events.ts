import type { MigrationInterface, QueryRunner } from "typeorm";
import { namesOf } from "../src/features/cities/index.js";
import { wordsOf } from "../src/platform/graphql/text.js";

interface Row {
  id: string;
  title: string;
  venue: string | null;
  name: string;
  region: string;
}

const batch = 2_000;
const first = "00000000-0000-0000-0000-000000000000";

/** Events are found by the words of title, venue and city: PostgreSQL cannot fold them as we do. */
export class SearchEvents1795522100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (let rows = await rowsAfter(runner, first); rows.length > 0; rows = await rowsAfter(runner, rows.at(-1)!.id))
      await runner.query(
        `UPDATE events SET search_text = words FROM unnest($1::uuid[], $2::text[]) AS filled(id, words) WHERE events.id = filled.id`,
        [rows.map(({ id }) => id), rows.map(wordsIn)],
      );
  }

  async down(): Promise<void> {
    throw new Error("Migrations go forward only: restore a backup instead.");
  }
}

const rowsAfter = (runner: QueryRunner, id: string): Promise<Row[]> =>
  runner.query(
    `SELECT e.id, e.title, CASE WHEN e.location_precision = 'EXACT' THEN e.venue END AS venue, c.name, c.region
     FROM events e JOIN cities c ON c.id = e.city_id WHERE e.id > $1 ORDER BY e.id LIMIT ${batch}`,
    [id],
  );

const wordsIn = ({ title, venue, ...city }: Row): string => [title, venue ?? "", namesOf(city)].map(wordsOf).join("\n");
