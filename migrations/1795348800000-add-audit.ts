import type { MigrationInterface, QueryRunner } from "typeorm";

export class AddAudit1795348800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE site_staff (
        person_id uuid NOT NULL,
        CONSTRAINT site_staff_pkey PRIMARY KEY (person_id)
      );
      ALTER TABLE site_staff ADD CONSTRAINT site_staff_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id) ON DELETE CASCADE;
      ALTER TABLE memberships DROP CONSTRAINT memberships_role_check;
      ALTER TABLE memberships ADD CONSTRAINT memberships_role_check CHECK (role = ANY (ARRAY['OWNER'::text, 'ADMIN'::text, 'MEMBER'::text]));
      -- actor_id has no foreign key: an entry outlives the person, whose id says nothing.
      CREATE TABLE audit_entries (
        id uuid NOT NULL,
        at timestamptz NOT NULL,
        actor_id uuid,
        action text NOT NULL,
        subject_type text NOT NULL,
        subject_id uuid NOT NULL,
        scopes uuid[] NOT NULL,
        fields text[] NOT NULL,
        CONSTRAINT audit_entries_pkey PRIMARY KEY (id)
      );
      CREATE INDEX audit_entries_scopes_idx ON audit_entries USING gin (scopes);
      CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;
      CREATE TRIGGER audit_entries_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entries
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
    `);
  }

  async down(): Promise<void> {
    throw new Error("Migrations go forward only: restore a backup instead.");
  }
}
