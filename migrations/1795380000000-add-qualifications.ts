import type { MigrationInterface, QueryRunner } from "typeorm";

export class AddQualifications1795380000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE qualifications (
        id uuid NOT NULL,
        person_id uuid NOT NULL,
        organization_id uuid NOT NULL,
        kind text NOT NULL,
        status text NOT NULL,
        requested_at timestamptz,
        decided_at timestamptz,
        expires_at timestamptz,
        reason text,
        name_sealed bytea,
        remind_at timestamptz,
        before_training jsonb,
        CONSTRAINT qualifications_pkey PRIMARY KEY (id),
        CONSTRAINT qualifications_person_id_kind_organization_id_key UNIQUE (person_id, kind, organization_id),
        CONSTRAINT qualifications_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id) ON DELETE CASCADE,
        CONSTRAINT qualifications_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE,
        CONSTRAINT qualifications_kind_check CHECK (kind = ANY (ARRAY['MARSHAL_TRAINING'::text, 'DE_ESCALATION'::text, 'FIRST_AID'::text, 'LEGAL_OBSERVER'::text])),
        CONSTRAINT qualifications_status_check CHECK (status = ANY (ARRAY['REQUESTED'::text, 'CLEARED'::text, 'DECLINED'::text, 'REVOKED'::text])),
        CONSTRAINT qualifications_decided_check CHECK ((status = 'REQUESTED'::text) = (decided_at IS NULL) AND COALESCE(requested_at, decided_at) IS NOT NULL),
        CONSTRAINT qualifications_cleared_check CHECK (status = 'CLEARED'::text OR (expires_at IS NULL AND remind_at IS NULL AND before_training IS NULL)),
        CONSTRAINT qualifications_reason_check CHECK (status <> ALL (ARRAY['DECLINED'::text, 'REVOKED'::text]) OR reason IS NOT NULL)
      );
      CREATE INDEX qualifications_requests_idx ON qualifications (organization_id, requested_at, id) WHERE requested_at IS NOT NULL;
      CREATE INDEX qualifications_decided_idx ON qualifications (organization_id, decided_at, id) WHERE decided_at IS NOT NULL;
      CREATE INDEX qualifications_remind_idx ON qualifications (remind_at) WHERE remind_at IS NOT NULL;
      CREATE TABLE trainings (
        event_id uuid NOT NULL,
        kind text NOT NULL,
        organization_id uuid NOT NULL,
        valid_days integer NOT NULL,
        CONSTRAINT trainings_pkey PRIMARY KEY (event_id),
        CONSTRAINT trainings_event_id_fkey FOREIGN KEY (event_id) REFERENCES events(id) ON DELETE CASCADE,
        CONSTRAINT trainings_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE,
        CONSTRAINT trainings_kind_check CHECK (kind = ANY (ARRAY['MARSHAL_TRAINING'::text, 'DE_ESCALATION'::text, 'FIRST_AID'::text, 'LEGAL_OBSERVER'::text])),
        CONSTRAINT trainings_valid_days_check CHECK (valid_days >= 1 AND valid_days <= 3650)
      );
      CREATE INDEX trainings_organization_id_idx ON trainings (organization_id);
      CREATE TABLE attendances (
        event_id uuid NOT NULL,
        qualification_id uuid NOT NULL,
        at timestamptz NOT NULL,
        until timestamptz NOT NULL,
        CONSTRAINT attendances_pkey PRIMARY KEY (event_id, qualification_id),
        CONSTRAINT attendances_event_id_fkey FOREIGN KEY (event_id) REFERENCES events(id) ON DELETE CASCADE,
        CONSTRAINT attendances_qualification_id_fkey FOREIGN KEY (qualification_id) REFERENCES qualifications(id) ON DELETE CASCADE
      );
      CREATE INDEX attendances_qualification_id_idx ON attendances (qualification_id);
    `);
  }

  async down(): Promise<void> {
    throw new Error("Migrations go forward only: restore a backup instead.");
  }
}
