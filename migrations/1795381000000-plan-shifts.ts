import type { MigrationInterface, QueryRunner } from "typeorm";

export class PlanShifts1795381000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE shift_template_runs (
        id uuid NOT NULL,
        event_id uuid NOT NULL,
        template text NOT NULL,
        at timestamptz NOT NULL,
        CONSTRAINT shift_template_runs_pkey PRIMARY KEY (id),
        CONSTRAINT shift_template_runs_event_id_fkey FOREIGN KEY (event_id) REFERENCES events(id) ON DELETE CASCADE,
        CONSTRAINT shift_template_runs_template_check CHECK (template = ANY (ARRAY['SMALL'::text, 'MEDIUM'::text, 'LARGE'::text]))
      );
      CREATE INDEX shift_template_runs_event_id_idx ON shift_template_runs (event_id);
      ALTER TABLE shifts
        ADD COLUMN template_run_id uuid,
        ADD CONSTRAINT shifts_template_run_id_fkey FOREIGN KEY (template_run_id) REFERENCES shift_template_runs(id) ON DELETE SET NULL,
        ADD CONSTRAINT shifts_cutoff_check CHECK (release_cutoff_minutes >= 0 AND release_cutoff_minutes <= 10080);
      CREATE INDEX shifts_template_run_id_idx ON shifts (template_run_id);
      CREATE TABLE staffing_plans (
        event_id uuid NOT NULL,
        expected_turnout integer,
        ratio text NOT NULL DEFAULT 'ONE_TO_50',
        told_target integer,
        CONSTRAINT staffing_plans_pkey PRIMARY KEY (event_id),
        CONSTRAINT staffing_plans_event_id_fkey FOREIGN KEY (event_id) REFERENCES events(id) ON DELETE CASCADE,
        CONSTRAINT staffing_plans_ratio_check CHECK (ratio = ANY (ARRAY['ONE_TO_50'::text, 'ONE_TO_100'::text])),
        CONSTRAINT staffing_plans_expected_check CHECK (expected_turnout >= 1 AND expected_turnout <= 5000000)
      );
    `);
  }

  async down(): Promise<void> {
    throw new Error("Migrations go forward only: restore a backup instead.");
  }
}
