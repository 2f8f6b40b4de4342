import type { MigrationInterface, QueryRunner } from "typeorm";

export class CreateLetters1769303000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE letters (
        kind text NOT NULL,
        key text NOT NULL,
        person_id uuid NOT NULL,
        queued_at timestamptz NOT NULL,
        sent_at timestamptz,
        dropped text,
        CONSTRAINT letters_pkey PRIMARY KEY (kind, key),
        CONSTRAINT letters_person_id_fkey FOREIGN KEY (person_id) REFERENCES people (id) ON DELETE CASCADE,
        CONSTRAINT letters_dropped_check CHECK (dropped = ANY (ARRAY['PAST'::text, 'STOPPED'::text]))
      );
      CREATE INDEX letters_person_id_sent_at_idx ON letters (person_id, sent_at);
      CREATE INDEX letters_queued_at_idx ON letters (queued_at);
      CREATE TABLE letter_stops (
        person_id uuid NOT NULL,
        about text NOT NULL,
        CONSTRAINT letter_stops_pkey PRIMARY KEY (person_id, about),
        CONSTRAINT letter_stops_person_id_fkey FOREIGN KEY (person_id) REFERENCES people (id) ON DELETE CASCADE
      );
    `);
  }

  async down(): Promise<void> {
    throw new Error("Migrations go forward only: restore a backup instead.");
  }
}
