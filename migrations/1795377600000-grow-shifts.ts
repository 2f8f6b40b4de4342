import type { MigrationInterface, QueryRunner } from "typeorm";

const holding =
  "ARRAY['REQUESTED'::text, 'OFFERED'::text, 'CONFIRMED'::text, 'SWAP_OFFERED'::text, 'CHECKED_IN'::text, 'COMPLETED'::text, 'LEFT_EARLY'::text]";
const statuses =
  "ARRAY['REQUESTED'::text, 'WAITLISTED'::text, 'OFFERED'::text, 'CONFIRMED'::text, 'SWAP_OFFERED'::text, 'CHECKED_IN'::text, 'COMPLETED'::text, 'LEFT_EARLY'::text, 'NO_SHOW'::text, 'EXCUSED'::text, 'RELEASED'::text, 'LAPSED'::text]";

export class GrowShifts1795377600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE shifts
        ADD COLUMN status text NOT NULL DEFAULT 'OPEN',
        ADD COLUMN opens_at timestamptz,
        ADD COLUMN closes_at timestamptz,
        ADD COLUMN release_cutoff_minutes integer NOT NULL DEFAULT 0,
        ADD COLUMN confirmed integer NOT NULL DEFAULT 0,
        ADD COLUMN overfull boolean NOT NULL DEFAULT false,
        ADD COLUMN line integer NOT NULL DEFAULT 0,
        ADD COLUMN check_in_point text,
        ADD COLUMN instructions text,
        ADD COLUMN version integer NOT NULL DEFAULT 1,
        ADD CONSTRAINT shifts_status_check CHECK (status = ANY (ARRAY['DRAFT'::text, 'OPEN'::text, 'CLOSED'::text, 'CANCELLED'::text])),
        ADD CONSTRAINT shifts_window_check CHECK (opens_at < closes_at),
        DROP CONSTRAINT shifts_taken_check;
      UPDATE shifts SET confirmed = taken;
      ALTER TABLE shifts ADD CONSTRAINT shifts_taken_check
        CHECK (taken >= 0 AND (taken <= capacity OR overfull) AND confirmed >= 0 AND confirmed <= taken);
    `);
    // One sign-up for a person and a shift: the latest, or the one that holds the place.
    await runner.query(`
      DELETE FROM shift_signups USING (
        SELECT id, row_number() OVER (
          PARTITION BY shift_id, person_id ORDER BY (status = 'CONFIRMED') DESC, claimed_at DESC, id) AS place
        FROM shift_signups) ranked
      WHERE shift_signups.id = ranked.id AND ranked.place > 1;
      ALTER TABLE shift_signups
        ADD COLUMN line integer,
        ADD COLUMN deadline timestamptz,
        ADD COLUMN released_late boolean NOT NULL DEFAULT false,
        ADD COLUMN version integer NOT NULL DEFAULT 1,
        DROP CONSTRAINT shift_signups_status_check,
        DROP CONSTRAINT shift_signups_one_place_at_a_time,
        ADD CONSTRAINT shift_signups_status_check CHECK (status = ANY (${statuses})),
        ADD CONSTRAINT shift_signups_shift_id_person_id_key UNIQUE (shift_id, person_id),
        ADD CONSTRAINT shift_signups_one_place_at_a_time
          EXCLUDE USING gist (person_id WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (status = ANY (${holding}));
      DROP INDEX shift_signups_shift_id_person_id_idx;
      CREATE INDEX shift_signups_shift_id_status_line_idx ON shift_signups (shift_id, status, line);
      CREATE INDEX shift_signups_deadline_idx ON shift_signups (deadline) WHERE deadline IS NOT NULL;
      CREATE TABLE signup_steps (
        signup_id uuid NOT NULL,
        version integer NOT NULL,
        status text NOT NULL,
        at timestamptz NOT NULL,
        actor_id uuid,
        reason text,
        CONSTRAINT signup_steps_pkey PRIMARY KEY (signup_id, version),
        CONSTRAINT signup_steps_signup_id_fkey FOREIGN KEY (signup_id) REFERENCES shift_signups(id) ON DELETE CASCADE,
        CONSTRAINT signup_steps_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES people(id) ON DELETE SET NULL,
        CONSTRAINT signup_steps_status_check CHECK (status = ANY (${statuses}))
      );
      CREATE INDEX signup_steps_actor_id_idx ON signup_steps (actor_id);
      INSERT INTO signup_steps (signup_id, version, status, at, actor_id)
        SELECT id, 1, status, COALESCE(released_at, claimed_at), person_id FROM shift_signups;
      CREATE TABLE known_peacekeepers (
        scope_id uuid NOT NULL,
        person_id uuid NOT NULL,
        since timestamptz NOT NULL,
        CONSTRAINT known_peacekeepers_pkey PRIMARY KEY (scope_id, person_id),
        CONSTRAINT known_peacekeepers_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id) ON DELETE CASCADE
      );
      CREATE INDEX known_peacekeepers_person_id_idx ON known_peacekeepers (person_id);
      -- Whoever had a place before goes on without asking.
      INSERT INTO known_peacekeepers (scope_id, person_id, since)
        SELECT COALESCE(e.campaign_id, e.id), g.person_id, min(g.claimed_at)
        FROM shift_signups g JOIN shifts s ON s.id = g.shift_id JOIN events e ON e.id = s.event_id
        WHERE g.status = 'CONFIRMED' GROUP BY 1, 2;
    `);
  }

  async down(): Promise<void> {
    throw new Error("Migrations go forward only: restore a backup instead.");
  }
}
