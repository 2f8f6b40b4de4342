import type { MigrationInterface, QueryRunner } from "typeorm";

export class CallOut1795382200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE call_outs (
        id uuid NOT NULL,
        shift_id uuid NOT NULL,
        status text NOT NULL,
        count integer NOT NULL,
        within_km integer NOT NULL,
        called_at timestamptz NOT NULL,
        ended_at timestamptz,
        next_at timestamptz,
        CONSTRAINT call_outs_pkey PRIMARY KEY (id),
        CONSTRAINT call_outs_shift_id_fkey FOREIGN KEY (shift_id) REFERENCES shifts(id) ON DELETE CASCADE,
        CONSTRAINT call_outs_status_check CHECK (status = ANY (ARRAY['OPEN'::text, 'FILLED'::text, 'CLOSED'::text])),
        CONSTRAINT call_outs_count_check CHECK (count >= 1 AND within_km >= 1),
        CONSTRAINT call_outs_open_check CHECK ((status = 'OPEN') = (next_at IS NOT NULL) AND (status = 'OPEN') = (ended_at IS NULL))
      );
      CREATE INDEX call_outs_shift_id_called_at_id_idx ON call_outs (shift_id, called_at, id);
      CREATE UNIQUE INDEX call_outs_one_open_idx ON call_outs (shift_id) WHERE status = 'OPEN';
      CREATE INDEX call_outs_next_at_idx ON call_outs (next_at) WHERE status = 'OPEN';
      CREATE TABLE cover_requests (
        id uuid NOT NULL,
        call_out_id uuid NOT NULL,
        person_id uuid NOT NULL,
        status text NOT NULL,
        asked_at timestamptz NOT NULL,
        deadline timestamptz NOT NULL,
        CONSTRAINT cover_requests_pkey PRIMARY KEY (id),
        CONSTRAINT cover_requests_call_out_id_person_id_key UNIQUE (call_out_id, person_id),
        CONSTRAINT cover_requests_call_out_id_fkey FOREIGN KEY (call_out_id) REFERENCES call_outs(id) ON DELETE CASCADE,
        CONSTRAINT cover_requests_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id) ON DELETE CASCADE,
        CONSTRAINT cover_requests_status_check CHECK (status = ANY (ARRAY['ASKED'::text, 'ACCEPTED'::text, 'DECLINED'::text, 'LAPSED'::text, 'CLOSED'::text]))
      );
      CREATE INDEX cover_requests_person_id_asked_at_id_idx ON cover_requests (person_id, asked_at, id);
    `);
  }

  async down(): Promise<void> {
    throw new Error("Migrations go forward only: restore a backup instead.");
  }
}
