import type { MigrationInterface, QueryRunner } from "typeorm";

export class AddPosts1795370400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE announcements (
        id uuid NOT NULL,
        event_id uuid NOT NULL,
        subject text NOT NULL,
        text text NOT NULL,
        posted_at timestamptz NOT NULL,
        removed_at timestamptz,
        CONSTRAINT announcements_pkey PRIMARY KEY (id)
      );
      CREATE INDEX announcements_event_id_posted_at_id_idx ON announcements (event_id, posted_at, id);
      ALTER TABLE announcements ADD CONSTRAINT announcements_event_id_fkey FOREIGN KEY (event_id) REFERENCES events(id) ON DELETE CASCADE;

      CREATE TABLE coverage (
        id uuid NOT NULL,
        event_id uuid NOT NULL,
        kind text NOT NULL,
        url text NOT NULL,
        title text NOT NULL,
        publisher text,
        status text NOT NULL,
        suggested_by uuid,
        added_at timestamptz NOT NULL,
        removed_at timestamptz,
        CONSTRAINT coverage_kind_check CHECK (kind = ANY (ARRAY['PHOTO'::text, 'ARTICLE'::text, 'VIDEO'::text])),
        CONSTRAINT coverage_status_check CHECK (status = ANY (ARRAY['SUGGESTED'::text, 'ACCEPTED'::text])),
        CONSTRAINT coverage_url_check CHECK (url LIKE 'https://%' OR removed_at IS NOT NULL),
        CONSTRAINT coverage_pkey PRIMARY KEY (id)
      );
      CREATE INDEX coverage_event_id_added_at_id_idx ON coverage (event_id, added_at, id);
      CREATE INDEX coverage_suggested_by_added_at_idx ON coverage (suggested_by, added_at);
      CREATE UNIQUE INDEX coverage_accepted_once_idx ON coverage (event_id, url) WHERE status = 'ACCEPTED' AND removed_at IS NULL;
      CREATE UNIQUE INDEX coverage_suggested_once_idx ON coverage (event_id, url, suggested_by) WHERE status = 'SUGGESTED' AND removed_at IS NULL;
      ALTER TABLE coverage ADD CONSTRAINT coverage_event_id_fkey FOREIGN KEY (event_id) REFERENCES events(id) ON DELETE CASCADE;
      ALTER TABLE coverage ADD CONSTRAINT coverage_suggested_by_fkey FOREIGN KEY (suggested_by) REFERENCES people(id) ON DELETE SET NULL;

      -- The latest entries of a scope that has most of them are found by walking back in time.
      CREATE INDEX audit_entries_at_id_idx ON audit_entries (at, id);
    `);
  }

  async down(): Promise<void> {
    throw new Error("Migrations go forward only: restore a backup instead.");
  }
}
