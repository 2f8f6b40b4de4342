import type { MigrationInterface, QueryRunner } from "typeorm";

export class AddCalendars1795384000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE calendar_links (
        person_id uuid NOT NULL,
        token_hash bytea NOT NULL,
        made_at timestamptz NOT NULL,
        CONSTRAINT calendar_links_pkey PRIMARY KEY (person_id),
        CONSTRAINT calendar_links_token_hash_key UNIQUE (token_hash),
        CONSTRAINT calendar_links_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id) ON DELETE CASCADE
      );
      ALTER TABLE shifts ADD COLUMN changed_at timestamptz;
    `);
  }

  async down(): Promise<void> {
    throw new Error("Migrations go forward only: restore a backup instead.");
  }
}
