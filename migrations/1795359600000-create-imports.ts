import type { MigrationInterface, QueryRunner } from "typeorm";

export class CreateImports1795359600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE event_imports (
        id uuid NOT NULL,
        campaign_id uuid NOT NULL,
        created_by uuid,
        organization_id uuid,
        format text NOT NULL,
        dry_run boolean NOT NULL,
        publish boolean NOT NULL,
        status text NOT NULL,
        failure text,
        file_hash bytea,
        rows integer NOT NULL DEFAULT 0,
        done integer NOT NULL DEFAULT 0,
        accepted integer NOT NULL DEFAULT 0,
        unchanged integer NOT NULL DEFAULT 0,
        rejected integer NOT NULL DEFAULT 0,
        created_at timestamptz NOT NULL,
        finished_at timestamptz,
        CONSTRAINT event_imports_pkey PRIMARY KEY (id),
        CONSTRAINT event_imports_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaigns(id) ON DELETE CASCADE,
        CONSTRAINT event_imports_created_by_fkey FOREIGN KEY (created_by) REFERENCES people(id) ON DELETE SET NULL,
        CONSTRAINT event_imports_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE,
        CONSTRAINT event_imports_format_check CHECK (format = ANY (ARRAY['CROWD_COUNTS'::text, 'CLOCK_TIMES'::text])),
        CONSTRAINT event_imports_status_check CHECK (status = ANY (ARRAY['AWAITING_FILE'::text, 'QUEUED'::text, 'RUNNING'::text, 'DONE'::text, 'FAILED'::text])),
        CONSTRAINT event_imports_rows_check CHECK (accepted + unchanged + rejected = done AND done <= rows)
      );
      CREATE INDEX event_imports_campaign_id_created_at_id_idx ON event_imports (campaign_id, created_at, id);
      CREATE TABLE import_files (
        import_id uuid NOT NULL,
        contents bytea NOT NULL,
        CONSTRAINT import_files_pkey PRIMARY KEY (import_id),
        CONSTRAINT import_files_import_id_fkey FOREIGN KEY (import_id) REFERENCES event_imports(id) ON DELETE CASCADE
      );
      CREATE TABLE import_problems (
        id uuid NOT NULL,
        import_id uuid NOT NULL,
        line integer NOT NULL,
        field text,
        reason text NOT NULL,
        CONSTRAINT import_problems_pkey PRIMARY KEY (id),
        CONSTRAINT import_problems_import_id_fkey FOREIGN KEY (import_id) REFERENCES event_imports(id) ON DELETE CASCADE
      );
      CREATE INDEX import_problems_import_id_line_id_idx ON import_problems (import_id, line, id);
    `);
  }

  async down(): Promise<void> {
    throw new Error("Migrations go forward only: restore a backup instead.");
  }
}
