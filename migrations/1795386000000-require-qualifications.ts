import type { MigrationInterface, QueryRunner } from "typeorm";

export class RequireQualifications1795386000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE role_requirements (
        campaign_id uuid NOT NULL,
        role text NOT NULL,
        kind text NOT NULL,
        CONSTRAINT role_requirements_pkey PRIMARY KEY (campaign_id, role, kind),
        CONSTRAINT role_requirements_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaigns(id) ON DELETE CASCADE,
        CONSTRAINT role_requirements_role_check CHECK (role = ANY (ARRAY['LEAD'::text, 'MARSHAL'::text, 'DE_ESCALATOR'::text, 'TRAFFIC'::text, 'MEDIC'::text, 'LEGAL_OBSERVER_LIAISON'::text, 'POLICE_LIAISON'::text, 'ACCESS_SUPPORT'::text, 'RUNNER'::text, 'FLOAT'::text])),
        CONSTRAINT role_requirements_kind_check CHECK (kind = ANY (ARRAY['MARSHAL_TRAINING'::text, 'DE_ESCALATION'::text, 'FIRST_AID'::text, 'LEGAL_OBSERVER'::text]))
      );
      ALTER TABLE shifts
        ADD COLUMN requires text[] NOT NULL DEFAULT '{}',
        ADD CONSTRAINT shifts_requires_check CHECK (requires <@ ARRAY['MARSHAL_TRAINING'::text, 'DE_ESCALATION'::text, 'FIRST_AID'::text, 'LEGAL_OBSERVER'::text]);
    `);
  }

  async down(): Promise<void> {
    throw new Error("Migrations go forward only: restore a backup instead.");
  }
}
