import type { MigrationInterface, QueryRunner } from "typeorm";

export class CheckPlaces1795357110000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE events
        ADD CONSTRAINT events_accuracy_check CHECK (accuracy_meters IS NULL OR (accuracy_meters BETWEEN 1 AND 100000 AND latitude IS NOT NULL)),
        ADD CONSTRAINT events_public_cell_check CHECK ((location_precision = 'APPROXIMATE') = (public_cell IS NOT NULL));

      ALTER TABLE cities ADD search_name text COLLATE "C";
      UPDATE cities SET search_name = lower(regexp_replace(normalize(name, NFKD), U&'[\\0300-\\036F''\\2018\\2019\\02BB\\02BC]', '', 'g'));
      ALTER TABLE cities ALTER search_name SET NOT NULL;
      CREATE INDEX cities_search_name_idx ON cities (search_name);
    `);
  }

  async down(): Promise<void> {
    throw new Error("Migrations go forward only: restore a backup instead.");
  }
}
