import type { MigrationInterface, QueryRunner } from "typeorm";

export class CreateRsvps1795356000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE rsvps (
        id uuid NOT NULL,
        event_id uuid NOT NULL,
        person_id uuid NOT NULL,
        status text NOT NULL,
        guests integer NOT NULL,
        name_sealed bytea,
        show_name boolean NOT NULL,
        since timestamptz NOT NULL,
        CONSTRAINT rsvps_pkey PRIMARY KEY (id),
        CONSTRAINT rsvps_event_id_person_id_key UNIQUE (event_id, person_id),
        CONSTRAINT rsvps_event_id_fkey FOREIGN KEY (event_id) REFERENCES events(id) ON DELETE CASCADE,
        CONSTRAINT rsvps_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id) ON DELETE CASCADE,
        CONSTRAINT rsvps_status_check CHECK (status = ANY (ARRAY['PENDING'::text, 'GOING'::text, 'WAITLISTED'::text, 'CANCELLED'::text])),
        CONSTRAINT rsvps_guests_check CHECK (guests >= 0 AND guests <= 20),
        CONSTRAINT rsvps_cancelled_check CHECK (status <> 'CANCELLED'::text OR name_sealed IS NULL)
      );
      CREATE INDEX rsvps_event_id_status_since_id_idx ON rsvps (event_id, status, since, id);
      CREATE INDEX rsvps_person_id_since_id_idx ON rsvps (person_id, since, id);
      CREATE TABLE rsvp_counters (
        event_id uuid NOT NULL,
        "limit" integer,
        going integer NOT NULL DEFAULT 0,
        waiting integer NOT NULL DEFAULT 0,
        CONSTRAINT rsvp_counters_pkey PRIMARY KEY (event_id),
        CONSTRAINT rsvp_counters_event_id_fkey FOREIGN KEY (event_id) REFERENCES events(id) ON DELETE CASCADE,
        CONSTRAINT rsvp_counters_counts_check CHECK (going >= 0 AND waiting >= 0 AND "limit" >= 1)
      );
    `);
  }

  async down(): Promise<void> {
    throw new Error("Migrations go forward only: restore a backup instead.");
  }
}
