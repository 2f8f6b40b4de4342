import type { MigrationInterface, QueryRunner } from "typeorm";

export class AddTurnoutLinks1795435600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE turnout_links (
        id uuid NOT NULL,
        event_id uuid NOT NULL,
        reporter_id uuid NOT NULL,
        token_hash bytea NOT NULL,
        label text NOT NULL,
        source text NOT NULL,
        created_at timestamptz NOT NULL,
        revoked_at timestamptz,
        CONSTRAINT turnout_links_label_check CHECK (length(label) BETWEEN 1 AND 80),
        CONSTRAINT turnout_links_source_check CHECK (source = ANY (ARRAY['HOST'::text, 'PEACEKEEPER'::text, 'STAFF'::text, 'PRESS'::text, 'OFFICIAL'::text, 'PUBLIC'::text])),
        CONSTRAINT turnout_links_pkey PRIMARY KEY (id),
        CONSTRAINT turnout_links_token_hash_key UNIQUE (token_hash),
        CONSTRAINT turnout_links_event_id_fkey FOREIGN KEY (event_id) REFERENCES events(id) ON DELETE CASCADE,
        CONSTRAINT turnout_links_reporter_id_fkey FOREIGN KEY (reporter_id) REFERENCES turnout_reporters(id)
      );
      CREATE INDEX turnout_links_event_id_idx ON turnout_links (event_id);
      CREATE INDEX turnout_links_reporter_id_idx ON turnout_links (reporter_id);
      CREATE TABLE turnout_link_keys (
        link_id uuid NOT NULL,
        key text NOT NULL,
        input_hash bytea NOT NULL,
        report_id uuid,
        CONSTRAINT turnout_link_keys_pkey PRIMARY KEY (link_id, key),
        CONSTRAINT turnout_link_keys_link_id_fkey FOREIGN KEY (link_id) REFERENCES turnout_links(id) ON DELETE CASCADE
      );
    `);
  }

  async down(): Promise<void> {
    throw new Error("Migrations go forward only: restore a backup instead.");
  }
}
