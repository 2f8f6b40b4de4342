import type { MigrationInterface, QueryRunner } from "typeorm";

export class ReviewReports1795435300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE turnout_reports ADD COLUMN retract_reason text;
      CREATE INDEX turnout_reports_queue_idx ON turnout_reports (received_at, id) WHERE (status = 'FLAGGED'::text);
      DROP INDEX turnout_reports_corrects_id_idx;
      CREATE UNIQUE INDEX turnout_reports_corrects_id_idx ON turnout_reports (corrects_id);
    `);
  }

  async down(): Promise<void> {
    throw new Error("Migrations go forward only: restore a backup instead.");
  }
}
