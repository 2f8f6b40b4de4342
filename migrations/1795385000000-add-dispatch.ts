import type { MigrationInterface, QueryRunner } from "typeorm";

export class AddDispatch1795385000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE dispatch_pledges (
        id uuid NOT NULL,
        organization_id uuid NOT NULL,
        event_id uuid NOT NULL,
        count integer NOT NULL,
        named integer NOT NULL DEFAULT 0,
        note text,
        status text NOT NULL,
        promised_at timestamptz NOT NULL,
        stood integer,
        CONSTRAINT dispatch_pledges_pkey PRIMARY KEY (id),
        CONSTRAINT dispatch_pledges_organization_id_event_id_key UNIQUE (organization_id, event_id),
        CONSTRAINT dispatch_pledges_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE,
        CONSTRAINT dispatch_pledges_event_id_fkey FOREIGN KEY (event_id) REFERENCES events(id) ON DELETE CASCADE,
        CONSTRAINT dispatch_pledges_status_check CHECK (status = ANY (ARRAY['PROMISED'::text, 'WITHDRAWN'::text])),
        CONSTRAINT dispatch_pledges_counts_check CHECK (count >= 1 AND count <= 1000 AND named >= 0 AND named <= count)
      );
      CREATE INDEX dispatch_pledges_event_id_promised_at_id_idx ON dispatch_pledges (event_id, promised_at, id);
      CREATE TABLE dispatch_names (
        pledge_id uuid NOT NULL,
        person_id uuid NOT NULL,
        named_at timestamptz NOT NULL,
        named_by uuid,
        removed_at timestamptz,
        CONSTRAINT dispatch_names_pkey PRIMARY KEY (pledge_id, person_id),
        CONSTRAINT dispatch_names_pledge_id_fkey FOREIGN KEY (pledge_id) REFERENCES dispatch_pledges(id) ON DELETE CASCADE,
        CONSTRAINT dispatch_names_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id) ON DELETE CASCADE,
        CONSTRAINT dispatch_names_named_by_fkey FOREIGN KEY (named_by) REFERENCES people(id) ON DELETE SET NULL
      );
      CREATE INDEX dispatch_names_person_id_idx ON dispatch_names (person_id);
      CREATE INDEX dispatch_names_named_by_named_at_idx ON dispatch_names (named_by, named_at);
    `);
  }

  async down(): Promise<void> {
    throw new Error("Migrations go forward only: restore a backup instead.");
  }
}
