import type { MigrationInterface, QueryRunner } from "typeorm";

export class AddIdentifiers1795522110000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE event_identifiers (
        event_id uuid NOT NULL,
        system text NOT NULL,
        value text NOT NULL,
        added_at timestamptz NOT NULL,
        CONSTRAINT event_identifiers_pkey PRIMARY KEY (event_id, system, value),
        CONSTRAINT event_identifiers_event_id_fkey FOREIGN KEY (event_id) REFERENCES events(id) ON DELETE CASCADE
      );
      CREATE INDEX event_identifiers_system_value_idx ON event_identifiers (system, value);
    `);
  }

  async down(): Promise<void> {
    throw new Error("Migrations go forward only: restore a backup instead.");
  }
}
