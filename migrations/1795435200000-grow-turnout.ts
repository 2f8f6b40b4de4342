import type { MigrationInterface, QueryRunner } from "typeorm";

export class GrowTurnout1795435200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE turnout_reporters (
        id uuid NOT NULL,
        scope_id uuid NOT NULL,
        person_id uuid,
        quarantined_at timestamptz,
        quarantine_reason text,
        CONSTRAINT turnout_reporters_pkey PRIMARY KEY (id),
        CONSTRAINT turnout_reporters_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id) ON DELETE SET NULL
      );
      INSERT INTO turnout_reporters (id, scope_id, person_id)
        SELECT gen_random_uuid(), scope_id, person_id FROM (
          SELECT DISTINCT COALESCE(e.campaign_id, e.id) AS scope_id, r.reporter_id AS person_id
          FROM turnout_reports r JOIN events e ON e.id = r.event_id) known;
      CREATE UNIQUE INDEX turnout_reporters_scope_id_person_id_idx ON turnout_reporters (scope_id, person_id);
      CREATE INDEX turnout_reporters_person_id_idx ON turnout_reporters (person_id);
      ALTER TABLE turnout_reports DROP CONSTRAINT turnout_reports_reporter_id_fkey;
      UPDATE turnout_reports r SET reporter_id = q.id FROM turnout_reporters q, events e
        WHERE e.id = r.event_id AND q.scope_id = COALESCE(e.campaign_id, e.id) AND q.person_id IS NOT DISTINCT FROM r.reporter_id;
      ALTER TABLE turnout_reports
        ALTER COLUMN reporter_id SET NOT NULL,
        ALTER COLUMN low DROP NOT NULL,
        ALTER COLUMN high DROP NOT NULL,
        ADD COLUMN status text NOT NULL DEFAULT 'ACCEPTED',
        ADD COLUMN flags text[] NOT NULL DEFAULT '{}',
        ADD COLUMN vouched boolean NOT NULL DEFAULT false,
        ADD COLUMN review_reason text,
        ADD COLUMN note text,
        ADD COLUMN evidence_url text,
        ADD COLUMN area_square_meters double precision,
        ADD COLUMN density text,
        ADD COLUMN rows_per_minute double precision,
        ADD COLUMN people_per_row double precision,
        ADD COLUMN minutes double precision,
        ADD COLUMN corrects_id uuid,
        ADD CONSTRAINT turnout_reports_ends_check CHECK ((low IS NULL) = (high IS NULL)),
        ADD CONSTRAINT turnout_reports_status_check CHECK (status = ANY (ARRAY['ACCEPTED'::text, 'FLAGGED'::text, 'REJECTED'::text, 'SUPERSEDED'::text, 'RETRACTED'::text])),
        ADD CONSTRAINT turnout_reports_density_check CHECK (density = ANY (ARRAY['LOOSE'::text, 'DENSE'::text, 'PACKED'::text])),
        ADD CONSTRAINT turnout_reports_flags_check CHECK (flags <@ ARRAY['OVER_DENSITY'::text, 'JUMP'::text, 'PHOTO_ABOVE_1000'::text, 'BEFORE_START'::text, 'AFTER_END'::text, 'EVENT_CANCELLED'::text, 'REPORTER_FAR'::text, 'DOUBTED'::text]),
        ADD CONSTRAINT turnout_reports_reporter_id_fkey FOREIGN KEY (reporter_id) REFERENCES turnout_reporters(id),
        ADD CONSTRAINT turnout_reports_corrects_id_fkey FOREIGN KEY (corrects_id) REFERENCES turnout_reports(id);
      ALTER TABLE turnout_reports ALTER COLUMN status DROP DEFAULT, ALTER COLUMN flags DROP DEFAULT;
      CREATE INDEX turnout_reports_corrects_id_idx ON turnout_reports (corrects_id);
      DROP TABLE turnouts;
      CREATE TABLE turnouts (
        campaign_id uuid,
        city_id uuid NOT NULL,
        counted boolean NOT NULL,
        state text NOT NULL,
        low integer,
        high integer,
        peak_low integer,
        peak_high integer,
        lowest integer,
        highest integer,
        median double precision,
        reports integer NOT NULL,
        observed_at timestamptz,
        changed_at timestamptz NOT NULL,
        event_id uuid NOT NULL,
        version integer NOT NULL,
        closed text,
        closing_report_id uuid,
        CONSTRAINT turnouts_interval_check CHECK (low >= 0 AND high >= low AND peak_low >= 0 AND peak_high >= peak_low),
        CONSTRAINT turnouts_state_check CHECK (state = ANY (ARRAY['MISSING'::text, 'PARTIAL'::text, 'CONFLICT'::text, 'FINAL'::text, 'CERTIFIED'::text])),
        CONSTRAINT turnouts_closed_check CHECK (closed = ANY (ARRAY['FINAL'::text, 'CERTIFIED'::text])),
        CONSTRAINT turnouts_pkey PRIMARY KEY (event_id),
        CONSTRAINT turnouts_event_id_fkey FOREIGN KEY (event_id) REFERENCES events(id) ON DELETE CASCADE,
        CONSTRAINT turnouts_closing_report_id_fkey FOREIGN KEY (closing_report_id) REFERENCES turnout_reports(id) ON DELETE SET NULL
      );
      CREATE INDEX turnouts_campaign_id_city_id_idx ON turnouts (campaign_id, city_id);
      CREATE INDEX turnouts_closing_report_id_idx ON turnouts (closing_report_id);
      CREATE TABLE turnout_states (
        campaign_id uuid,
        city_id uuid NOT NULL,
        counted boolean NOT NULL,
        state text NOT NULL,
        low integer,
        high integer,
        peak_low integer,
        peak_high integer,
        lowest integer,
        highest integer,
        median double precision,
        reports integer NOT NULL,
        observed_at timestamptz,
        changed_at timestamptz NOT NULL,
        event_id uuid NOT NULL,
        version integer NOT NULL,
        CONSTRAINT turnout_states_state_check CHECK (state = ANY (ARRAY['MISSING'::text, 'PARTIAL'::text, 'CONFLICT'::text, 'FINAL'::text, 'CERTIFIED'::text])),
        CONSTRAINT turnout_states_pkey PRIMARY KEY (event_id, version),
        CONSTRAINT turnout_states_event_id_fkey FOREIGN KEY (event_id) REFERENCES events(id) ON DELETE CASCADE
      );
      CREATE INDEX turnout_states_campaign_id_changed_at_idx ON turnout_states (campaign_id, changed_at);
      CREATE INDEX turnout_states_city_id_changed_at_idx ON turnout_states (city_id, changed_at);
      CREATE TABLE turnout_totals (
        campaign_id uuid NOT NULL,
        city_id uuid NOT NULL,
        scheduled integer NOT NULL,
        reporting integer NOT NULL,
        reports integer NOT NULL,
        low bigint NOT NULL,
        high bigint NOT NULL,
        peak_low bigint NOT NULL,
        peak_high bigint NOT NULL,
        closed integer NOT NULL,
        closed_low bigint NOT NULL,
        closed_high bigint NOT NULL,
        changed_at timestamptz NOT NULL,
        CONSTRAINT turnout_totals_pkey PRIMARY KEY (campaign_id, city_id)
      );
      CREATE INDEX turnout_totals_city_id_idx ON turnout_totals (city_id);
      CREATE TABLE turnout_policies (
        campaign_id uuid NOT NULL,
        reporting text NOT NULL DEFAULT 'NAMED',
        publishing text NOT NULL DEFAULT 'NOW',
        CONSTRAINT turnout_policies_reporting_check CHECK (reporting = ANY (ARRAY['NAMED'::text, 'OPEN'::text])),
        CONSTRAINT turnout_policies_publishing_check CHECK (publishing = ANY (ARRAY['NOW'::text, 'AFTER_REVIEW'::text, 'AFTER_DAY'::text])),
        CONSTRAINT turnout_policies_pkey PRIMARY KEY (campaign_id),
        CONSTRAINT turnout_policies_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaigns(id) ON DELETE CASCADE
      );
    `);
  }

  async down(): Promise<void> {
    throw new Error("Migrations go forward only: restore a backup instead.");
  }
}
