import type { MigrationInterface, QueryRunner } from "typeorm";
import { lookalikeKeys } from "../src/platform/lookalike.js";

export class AddInvitations1795352450000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE organizations
        ADD COLUMN name_keys text[],
        ADD COLUMN website text,
        ADD COLUMN description text,
        ADD COLUMN status text NOT NULL DEFAULT 'LISTED',
        ADD COLUMN review_reason text,
        ADD COLUMN version integer NOT NULL DEFAULT 1,
        ADD COLUMN parent_id uuid,
        ADD COLUMN parent_status text,
        ADD COLUMN created_by uuid;
    `);
    await addKeys(runner);
    await runner.query(`
      ALTER TABLE organizations ALTER COLUMN name_keys SET NOT NULL;
      ALTER TABLE organizations ADD CONSTRAINT organizations_status_check CHECK (status = ANY (ARRAY['LISTED'::text, 'IN_REVIEW'::text, 'REJECTED'::text]));
      ALTER TABLE organizations ADD CONSTRAINT organizations_parent_status_check CHECK (parent_status = ANY (ARRAY['PENDING'::text, 'ACCEPTED'::text]));
      ALTER TABLE organizations ADD CONSTRAINT organizations_parent_check CHECK ((parent_id IS NULL) = (parent_status IS NULL) AND parent_id <> id);
      ALTER TABLE organizations ADD CONSTRAINT organizations_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES organizations(id) ON DELETE RESTRICT;
      ALTER TABLE organizations ADD CONSTRAINT organizations_created_by_fkey FOREIGN KEY (created_by) REFERENCES people(id) ON DELETE SET NULL;
      CREATE INDEX organizations_name_keys_idx ON organizations USING gin (name_keys);
      CREATE INDEX organizations_parent_id_name_id_idx ON organizations (parent_id, name, id);
      CREATE INDEX organizations_created_by_created_at_idx ON organizations (created_by, created_at);
      CREATE INDEX organizations_in_review_idx ON organizations (created_at, id) WHERE (status = 'IN_REVIEW'::text);
      ALTER TABLE memberships ADD COLUMN since timestamptz;
      UPDATE memberships m SET since = o.created_at FROM organizations o WHERE o.id = m.organization_id;
      ALTER TABLE memberships ALTER COLUMN since SET NOT NULL;
      CREATE INDEX memberships_organization_id_since_person_id_idx ON memberships (organization_id, since, person_id);
      CREATE TABLE invitations (
        id uuid NOT NULL,
        kind text NOT NULL,
        subject_id uuid NOT NULL,
        person_id uuid NOT NULL,
        role text NOT NULL,
        invited_by uuid,
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        status text NOT NULL,
        answered_at timestamptz,
        CONSTRAINT invitations_status_check CHECK (status = ANY (ARRAY['OPEN'::text, 'ACCEPTED'::text, 'DECLINED'::text, 'WITHDRAWN'::text])),
        CONSTRAINT invitations_pkey PRIMARY KEY (id)
      );
      ALTER TABLE invitations ADD CONSTRAINT invitations_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id) ON DELETE CASCADE;
      ALTER TABLE invitations ADD CONSTRAINT invitations_invited_by_fkey FOREIGN KEY (invited_by) REFERENCES people(id) ON DELETE SET NULL;
      CREATE UNIQUE INDEX invitations_open_key ON invitations (kind, subject_id, person_id) WHERE (status = 'OPEN'::text);
      CREATE INDEX invitations_person_id_expires_at_id_idx ON invitations (person_id, expires_at, id);
      CREATE INDEX invitations_invited_by_idx ON invitations (invited_by);
    `);
  }

  async down(): Promise<void> {
    throw new Error("Migrations go forward only: restore a backup instead.");
  }
}

/** SQL cannot say what a name looks like. Whoever changes that computes the keys again in a migration of their own. */
async function addKeys(runner: QueryRunner): Promise<void> {
  const rows = (await runner.query("SELECT id, name FROM organizations")) as { id: string; name: string }[];
  for (const { id, name } of rows)
    await runner.query("UPDATE organizations SET name_keys = $2 WHERE id = $1", [id, lookalikeKeys(name)]);
}
