import type { MigrationInterface, QueryRunner } from "typeorm";

/** Who has read the reports of an event knows by the stamp whether they are still the same. */
export class StampTurnouts1795530000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query("ALTER TABLE turnouts ADD COLUMN reports_stamp uuid");
  }

  async down(): Promise<void> {
    throw new Error("Migrations go forward only: restore a backup instead.");
  }
}
