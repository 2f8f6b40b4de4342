import type { MigrationInterface, QueryRunner } from "typeorm";

/** The board adds up shifts, not sign-ups: what it shows is counted on their rows. */
export class CountOnDuty1795385100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE shifts ADD COLUMN on_duty integer NOT NULL DEFAULT 0;
      UPDATE shifts SET on_duty = g.number FROM (
        SELECT shift_id, count(*)::int AS number FROM shift_signups WHERE status = 'CHECKED_IN' GROUP BY shift_id) g
      WHERE g.shift_id = shifts.id;
      ALTER TABLE shifts ADD CONSTRAINT shifts_on_duty_check CHECK (on_duty >= 0 AND on_duty <= confirmed);
    `);
  }

  async down(): Promise<void> {
    throw new Error("Migrations go forward only: restore a backup instead.");
  }
}
