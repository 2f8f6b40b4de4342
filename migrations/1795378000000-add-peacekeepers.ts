import type { MigrationInterface, QueryRunner } from "typeorm";

export class AddPeacekeepers1795378000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE peacekeepers (
        person_id uuid NOT NULL,
        name_sealed bytea,
        phone_sealed bytea,
        city_id uuid,
        on_call boolean NOT NULL DEFAULT false,
        CONSTRAINT peacekeepers_pkey PRIMARY KEY (person_id),
        CONSTRAINT peacekeepers_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id) ON DELETE CASCADE,
        CONSTRAINT peacekeepers_city_id_fkey FOREIGN KEY (city_id) REFERENCES cities(id)
      );
      CREATE INDEX peacekeepers_city_id_idx ON peacekeepers (city_id);
    `);
  }

  async down(): Promise<void> {
    throw new Error("Migrations go forward only: restore a backup instead.");
  }
}
