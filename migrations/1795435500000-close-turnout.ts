import type { MigrationInterface, QueryRunner } from "typeorm";

export class CloseTurnout1795435500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE turnout_reports ADD COLUMN late boolean NOT NULL DEFAULT false;
      CREATE TABLE turnout_steps (
        event_id uuid NOT NULL,
        number integer NOT NULL,
        act text NOT NULL,
        at timestamptz NOT NULL,
        reason text,
        report_id uuid,
        CONSTRAINT turnout_steps_act_check CHECK (act = ANY (ARRAY['CLOSED'::text, 'CERTIFIED'::text, 'REOPENED'::text])),
        CONSTRAINT turnout_steps_pkey PRIMARY KEY (event_id, number),
        CONSTRAINT turnout_steps_event_id_fkey FOREIGN KEY (event_id) REFERENCES events(id) ON DELETE CASCADE,
        CONSTRAINT turnout_steps_report_id_fkey FOREIGN KEY (report_id) REFERENCES turnout_reports(id) ON DELETE SET NULL
      );
      CREATE INDEX turnout_steps_report_id_idx ON turnout_steps (report_id);
    `);
  }

  async down(): Promise<void> {
    throw new Error("Migrations go forward only: restore a backup instead.");
  }
}
