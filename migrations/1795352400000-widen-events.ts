import type { MigrationInterface, QueryRunner } from "typeorm";

export class WidenEvents1795352400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE EXTENSION IF NOT EXISTS pg_trgm;
      ALTER TABLE events
        ADD ends_on date,
        ADD accuracy_meters integer,
        ADD march_route jsonb,
        ADD public_cell text,
        ADD exact_after_rsvp boolean NOT NULL DEFAULT false,
        ADD languages text[] NOT NULL DEFAULT '{}',
        ADD what_to_bring text,
        ADD permit_status text NOT NULL DEFAULT 'NOT_SAID',
        ADD contact_sealed bytea,
        ADD contact_public boolean NOT NULL DEFAULT false,
        ADD occurrence text NOT NULL DEFAULT 'SCHEDULED',
        ADD occurrence_reason text,
        ADD online_url text,
        ADD review_note text,
        ADD waiting_since timestamptz,
        ADD review_held_by uuid,
        ADD review_held_at timestamptz,
        ADD unreviewed_fields text[] NOT NULL DEFAULT '{}',
        ADD record text NOT NULL DEFAULT 'LIVE',
        ADD merged_into_id uuid,
        ADD removed_at timestamptz,
        ADD removed_reason text,
        ADD ever_public boolean NOT NULL DEFAULT false,
        ADD series_id uuid,
        ADD import_key text,
        ADD search_text text NOT NULL DEFAULT '',
        ADD version integer NOT NULL DEFAULT 1;
      UPDATE events SET
        ends_on = GREATEST(starts_on, ((span_ends_at - interval '1 millisecond') AT TIME ZONE time_zone)::date),
        search_text = lower(regexp_replace(normalize(title, NFKD), U&'[\\0300-\\036F]', '', 'g')),
        waiting_since = CASE WHEN review = 'IN_REVIEW' THEN updated_at END,
        ever_public = review = 'APPROVED' AND visibility = 'PUBLIC';
      ALTER TABLE events
        ALTER ends_on SET NOT NULL,
        DROP CONSTRAINT events_location_precision_check,
        DROP CONSTRAINT events_review_check,
        ADD CONSTRAINT events_campaign_id_import_key_key UNIQUE (campaign_id, import_key),
        ADD CONSTRAINT events_days_check CHECK (ends_on >= starts_on),
        ADD CONSTRAINT events_merged_check CHECK ((record = 'MERGED') = (merged_into_id IS NOT NULL)),
        ADD CONSTRAINT events_location_precision_check CHECK (location_precision = ANY (ARRAY['EXACT'::text, 'APPROXIMATE'::text, 'CITY'::text])),
        ADD CONSTRAINT events_review_check CHECK (review = ANY (ARRAY['DRAFT'::text, 'IN_REVIEW'::text, 'CHANGES_REQUESTED'::text, 'APPROVED'::text, 'REJECTED'::text])),
        ADD CONSTRAINT events_occurrence_check CHECK (occurrence = ANY (ARRAY['SCHEDULED'::text, 'TENTATIVE'::text, 'RESCHEDULED'::text, 'POSTPONED'::text, 'MOVED_ONLINE'::text, 'CANCELLED'::text])),
        ADD CONSTRAINT events_record_check CHECK (record = ANY (ARRAY['LIVE'::text, 'MERGED'::text, 'DELETED'::text])),
        ADD CONSTRAINT events_permit_status_check CHECK (permit_status = ANY (ARRAY['NOT_SAID'::text, 'NOT_NEEDED'::text, 'APPLIED'::text, 'GRANTED'::text, 'DENIED'::text])),
        ADD CONSTRAINT events_review_held_by_fkey FOREIGN KEY (review_held_by) REFERENCES people(id) ON DELETE SET NULL,
        ADD CONSTRAINT events_merged_into_id_fkey FOREIGN KEY (merged_into_id) REFERENCES events(id);
      CREATE INDEX events_search_idx ON events USING gin (search_text gin_trgm_ops);
      CREATE INDEX events_review_queue_idx ON events (campaign_id, waiting_since, id) WHERE waiting_since IS NOT NULL;
      CREATE INDEX events_merged_into_id_idx ON events (merged_into_id);
      CREATE INDEX events_series_id_idx ON events (series_id);

      ALTER TABLE event_hosts ADD status text NOT NULL DEFAULT 'ACCEPTED', ADD invited_at timestamptz;
      ALTER TABLE event_hosts ALTER status DROP DEFAULT,
        ADD CONSTRAINT event_hosts_status_check CHECK (status = ANY (ARRAY['INVITED'::text, 'ACCEPTED'::text, 'DECLINED'::text]));

      CREATE TABLE event_versions (
        event_id uuid NOT NULL,
        version integer NOT NULL,
        at timestamptz NOT NULL,
        changed text[] NOT NULL,
        facts jsonb NOT NULL,
        CONSTRAINT event_versions_pkey PRIMARY KEY (event_id, version)
      );
      CREATE TABLE event_earlier_times (
        id uuid NOT NULL,
        event_id uuid NOT NULL,
        starts_on date NOT NULL,
        starts_at timestamptz,
        ends_at timestamptz,
        time_zone text NOT NULL,
        replaced_at timestamptz NOT NULL,
        CONSTRAINT event_earlier_times_pkey PRIMARY KEY (id)
      );
      CREATE TABLE event_follows (
        event_id uuid NOT NULL,
        person_id uuid NOT NULL,
        because text NOT NULL,
        since timestamptz NOT NULL,
        told_version integer NOT NULL,
        CONSTRAINT event_follows_because_check CHECK (because = ANY (ARRAY['FOLLOW'::text, 'RSVP'::text, 'WAITLIST'::text, 'SHIFT'::text, 'ROLE'::text])),
        CONSTRAINT event_follows_pkey PRIMARY KEY (event_id, person_id, because)
      );
      CREATE TABLE event_reminders (
        event_id uuid NOT NULL,
        kind text NOT NULL,
        starts_at timestamptz NOT NULL,
        CONSTRAINT event_reminders_kind_check CHECK (kind = ANY (ARRAY['DAY_BEFORE'::text, 'DAY_OF'::text])),
        CONSTRAINT event_reminders_pkey PRIMARY KEY (event_id, kind, starts_at)
      );
      ALTER TABLE event_reminders ADD CONSTRAINT event_reminders_event_id_fkey FOREIGN KEY (event_id) REFERENCES events(id) ON DELETE CASCADE;
      CREATE INDEX event_earlier_times_event_id_replaced_at_idx ON event_earlier_times (event_id, replaced_at);
      CREATE INDEX event_follows_person_id_idx ON event_follows (person_id);
      INSERT INTO event_versions (event_id, version, at, changed, facts)
        SELECT e.id, 1, e.updated_at, '{}', jsonb_build_object(
          'title', e.title, 'startsOn', e.starts_on,
          'startsAt', to_char(e.starts_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
          'endsAt', to_char(e.ends_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
          'timeZone', e.time_zone,
          'place', NULLIF(array_to_string(e.venue || e.address_lines || e.postal_code, ', '), ''),
          'city', c.name || ', ' || c.region, 'precision', e.location_precision, 'occurrence', 'SCHEDULED', 'occurrenceReason', NULL, 'onlineUrl', NULL,
          'record', 'LIVE')
        FROM events e JOIN cities c ON c.id = e.city_id;
      ALTER TABLE event_versions ADD CONSTRAINT event_versions_event_id_fkey FOREIGN KEY (event_id) REFERENCES events(id) ON DELETE CASCADE;
      ALTER TABLE event_earlier_times ADD CONSTRAINT event_earlier_times_event_id_fkey FOREIGN KEY (event_id) REFERENCES events(id) ON DELETE CASCADE;
      ALTER TABLE event_follows ADD CONSTRAINT event_follows_event_id_fkey FOREIGN KEY (event_id) REFERENCES events(id) ON DELETE CASCADE;
      ALTER TABLE event_follows ADD CONSTRAINT event_follows_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id) ON DELETE CASCADE;
    `);
  }

  async down(): Promise<void> {
    throw new Error("Migrations go forward only: restore a backup instead.");
  }
}
