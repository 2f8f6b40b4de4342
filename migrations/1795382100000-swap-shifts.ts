import type { MigrationInterface, QueryRunner } from "typeorm";

export class SwapShifts1795382100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE shifts ADD COLUMN swap_needs_approval boolean NOT NULL DEFAULT false;
      CREATE TABLE shift_swaps (
        id uuid NOT NULL,
        shift_id uuid NOT NULL,
        giver_id uuid NOT NULL,
        taker_id uuid NOT NULL,
        status text NOT NULL,
        asked_at timestamptz NOT NULL,
        deadline timestamptz,
        decided_at timestamptz,
        CONSTRAINT shift_swaps_pkey PRIMARY KEY (id),
        CONSTRAINT shift_swaps_shift_id_fkey FOREIGN KEY (shift_id) REFERENCES shifts(id) ON DELETE CASCADE,
        CONSTRAINT shift_swaps_giver_id_fkey FOREIGN KEY (giver_id) REFERENCES shift_signups(id) ON DELETE CASCADE,
        CONSTRAINT shift_swaps_taker_id_fkey FOREIGN KEY (taker_id) REFERENCES people(id) ON DELETE CASCADE,
        CONSTRAINT shift_swaps_status_check CHECK (status = ANY (ARRAY['PENDING'::text, 'DONE'::text, 'DECLINED'::text, 'WITHDRAWN'::text, 'LAPSED'::text, 'UNDONE'::text])),
        CONSTRAINT shift_swaps_pending_check CHECK ((status = 'PENDING') = (deadline IS NOT NULL) AND (status = 'PENDING') = (decided_at IS NULL))
      );
      CREATE INDEX shift_swaps_shift_id_asked_at_id_idx ON shift_swaps (shift_id, asked_at, id);
      CREATE INDEX shift_swaps_taker_id_asked_at_id_idx ON shift_swaps (taker_id, asked_at, id);
      CREATE INDEX shift_swaps_giver_id_asked_at_id_idx ON shift_swaps (giver_id, asked_at, id);
      CREATE UNIQUE INDEX shift_swaps_one_taker_idx ON shift_swaps (giver_id) WHERE status = 'PENDING';
      CREATE UNIQUE INDEX shift_swaps_one_giver_idx ON shift_swaps (shift_id, taker_id) WHERE status = 'PENDING';
      CREATE INDEX shift_swaps_deadline_idx ON shift_swaps (deadline) WHERE status = 'PENDING';
    `);
  }

  async down(): Promise<void> {
    throw new Error("Migrations go forward only: restore a backup instead.");
  }
}
