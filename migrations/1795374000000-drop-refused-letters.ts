import type { MigrationInterface, QueryRunner } from "typeorm";

export class DropRefusedLetters1795374000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE letters
        DROP CONSTRAINT letters_dropped_check,
        ADD CONSTRAINT letters_dropped_check CHECK (dropped = ANY (ARRAY['PAST'::text, 'STOPPED'::text, 'REFUSED'::text]));
    `);
  }

  async down(): Promise<void> {
    throw new Error("Migrations go forward only: restore a backup instead.");
  }
}
