import type { MigrationInterface, QueryRunner } from "typeorm";

export class AssignShifts1795382000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE shift_signups ADD COLUMN overridden text[] NOT NULL DEFAULT '{}';
      ALTER TABLE signup_steps ADD COLUMN overridden text[] NOT NULL DEFAULT '{}';
    `);
  }

  async down(): Promise<void> {
    throw new Error("Migrations go forward only: restore a backup instead.");
  }
}
