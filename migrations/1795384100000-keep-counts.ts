import type { MigrationInterface, QueryRunner } from "typeorm";

export class KeepCounts1795384100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE kept_hours (
        person_id uuid NOT NULL,
        shifts integer NOT NULL,
        minutes integer NOT NULL,
        CONSTRAINT kept_hours_pkey PRIMARY KEY (person_id),
        CONSTRAINT kept_hours_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id) ON DELETE CASCADE
      );

      CREATE TABLE shift_tallies (
        shift_id uuid NOT NULL,
        completed integer NOT NULL DEFAULT 0,
        left_early integer NOT NULL DEFAULT 0,
        no_show integer NOT NULL DEFAULT 0,
        excused integer NOT NULL DEFAULT 0,
        released_late integer NOT NULL DEFAULT 0,
        CONSTRAINT shift_tallies_pkey PRIMARY KEY (shift_id),
        CONSTRAINT shift_tallies_shift_id_fkey FOREIGN KEY (shift_id) REFERENCES shifts(id) ON DELETE CASCADE
      );

      ALTER TABLE peacekeepers ADD COLUMN used_at timestamptz NOT NULL DEFAULT now();
    `);
  }

  async down(): Promise<void> {
    throw new Error("Migrations go forward only: restore a backup instead.");
  }
}
