import type { MigrationInterface, QueryRunner } from "typeorm";

export class AddDuty1795383000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE duty_times (
        signup_id uuid NOT NULL,
        arrived_server timestamptz NOT NULL,
        arrived_client timestamptz,
        left_server timestamptz,
        left_client timestamptz,
        CONSTRAINT duty_times_pkey PRIMARY KEY (signup_id),
        CONSTRAINT duty_times_signup_id_fkey FOREIGN KEY (signup_id) REFERENCES shift_signups(id) ON DELETE CASCADE,
        CONSTRAINT duty_times_order_check CHECK (
          LEAST(left_server, left_client) >= LEAST(arrived_server, arrived_client)
          AND (left_client IS NULL OR left_server IS NOT NULL))
      );
      CREATE TABLE check_in_codes (
        event_id uuid NOT NULL,
        code_sealed bytea NOT NULL,
        made_at timestamptz NOT NULL,
        CONSTRAINT check_in_codes_pkey PRIMARY KEY (event_id),
        CONSTRAINT check_in_codes_event_id_fkey FOREIGN KEY (event_id) REFERENCES events(id) ON DELETE CASCADE
      );
      CREATE TABLE staffing_alerts (
        shift_id uuid NOT NULL,
        falls integer NOT NULL DEFAULT 1,
        told_at timestamptz,
        CONSTRAINT staffing_alerts_pkey PRIMARY KEY (shift_id),
        CONSTRAINT staffing_alerts_shift_id_fkey FOREIGN KEY (shift_id) REFERENCES shifts(id) ON DELETE CASCADE
      );
      CREATE INDEX shifts_starts_at_idx ON shifts (starts_at) WHERE confirmed < minimum;
      -- What is not finished, for the task that finishes it.
      CREATE INDEX shift_signups_status_ends_at_idx ON shift_signups (status, ends_at)
        WHERE status = ANY (ARRAY['REQUESTED'::text, 'OFFERED'::text, 'WAITLISTED'::text, 'CHECKED_IN'::text, 'CONFIRMED'::text, 'SWAP_OFFERED'::text]);
    `);
    await runner.query(`
      CREATE TABLE peacekeeper_messages (
        id uuid NOT NULL,
        event_id uuid NOT NULL,
        shift_id uuid,
        audience text NOT NULL,
        subject text NOT NULL,
        text text NOT NULL,
        sent_at timestamptz NOT NULL,
        recipients integer NOT NULL,
        CONSTRAINT peacekeeper_messages_pkey PRIMARY KEY (id),
        CONSTRAINT peacekeeper_messages_event_id_fkey FOREIGN KEY (event_id) REFERENCES events(id) ON DELETE CASCADE,
        CONSTRAINT peacekeeper_messages_shift_id_fkey FOREIGN KEY (shift_id) REFERENCES shifts(id) ON DELETE CASCADE,
        CONSTRAINT peacekeeper_messages_audience_check CHECK (audience = ANY (ARRAY['SHIFT'::text, 'EVENT'::text, 'ON_DUTY'::text])),
        CONSTRAINT peacekeeper_messages_shift_check CHECK ((audience = 'SHIFT'::text) = (shift_id IS NOT NULL))
      );
      CREATE INDEX peacekeeper_messages_event_id_sent_at_id_idx ON peacekeeper_messages (event_id, sent_at, id);
      CREATE INDEX peacekeeper_messages_shift_id_idx ON peacekeeper_messages (shift_id);
      CREATE TABLE peacekeeper_message_recipients (
        message_id uuid NOT NULL,
        person_id uuid NOT NULL,
        CONSTRAINT peacekeeper_message_recipients_pkey PRIMARY KEY (message_id, person_id),
        CONSTRAINT peacekeeper_message_recipients_message_id_fkey
          FOREIGN KEY (message_id) REFERENCES peacekeeper_messages(id) ON DELETE CASCADE,
        CONSTRAINT peacekeeper_message_recipients_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id) ON DELETE CASCADE
      );
      CREATE INDEX peacekeeper_message_recipients_person_id_idx ON peacekeeper_message_recipients (person_id);
      CREATE TABLE coordinator_messages (
        id uuid NOT NULL,
        shift_id uuid NOT NULL,
        person_id uuid NOT NULL,
        text_sealed bytea NOT NULL,
        sent_at timestamptz NOT NULL,
        CONSTRAINT coordinator_messages_pkey PRIMARY KEY (id),
        CONSTRAINT coordinator_messages_shift_id_fkey FOREIGN KEY (shift_id) REFERENCES shifts(id) ON DELETE CASCADE,
        CONSTRAINT coordinator_messages_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id) ON DELETE CASCADE
      );
      CREATE INDEX coordinator_messages_shift_id_idx ON coordinator_messages (shift_id);
      CREATE INDEX coordinator_messages_person_id_sent_at_idx ON coordinator_messages (person_id, sent_at);
      CREATE TABLE contact_showings (
        id uuid NOT NULL,
        person_id uuid NOT NULL,
        event_id uuid NOT NULL,
        at timestamptz NOT NULL,
        CONSTRAINT contact_showings_pkey PRIMARY KEY (id),
        CONSTRAINT contact_showings_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id) ON DELETE CASCADE,
        CONSTRAINT contact_showings_event_id_fkey FOREIGN KEY (event_id) REFERENCES events(id) ON DELETE CASCADE
      );
      CREATE INDEX contact_showings_person_id_at_id_idx ON contact_showings (person_id, at, id);
      CREATE INDEX contact_showings_event_id_idx ON contact_showings (event_id);
    `);
  }

  async down(): Promise<void> {
    throw new Error("Migrations go forward only: restore a backup instead.");
  }
}
