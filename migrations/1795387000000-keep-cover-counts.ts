import type { MigrationInterface, QueryRunner } from "typeorm";

export class KeepCoverCounts1795387000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE call_outs ADD COLUMN erased_asked integer NOT NULL DEFAULT 0;
      ALTER TABLE call_outs ADD COLUMN erased_accepted integer NOT NULL DEFAULT 0;
      ALTER TABLE call_outs ADD COLUMN erased_declined integer NOT NULL DEFAULT 0;
    `);
  }

  async down(): Promise<void> {
    throw new Error("Migrations go forward only: restore a backup instead.");
  }
}
