import type { MigrationInterface, QueryRunner } from "typeorm";

export class AddNudges1795435700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE turnout_nudges (
        event_id uuid NOT NULL,
        nudged_at timestamptz NOT NULL,
        CONSTRAINT turnout_nudges_pkey PRIMARY KEY (event_id),
        CONSTRAINT turnout_nudges_event_id_fkey FOREIGN KEY (event_id) REFERENCES events(id) ON DELETE CASCADE
      );
    `);
  }

  async down(): Promise<void> {
    throw new Error("Migrations go forward only: restore a backup instead.");
  }
}
