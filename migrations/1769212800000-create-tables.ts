import type { MigrationInterface, QueryRunner } from "typeorm";

const nouns = `
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE TABLE people (
  id uuid NOT NULL,
  email_hash bytea NOT NULL,
  email_sealed bytea NOT NULL,
  created_at timestamptz NOT NULL,
  CONSTRAINT people_email_hash_key UNIQUE (email_hash),
  CONSTRAINT people_pkey PRIMARY KEY (id)
);
CREATE TABLE sign_in_codes (
  email_hash bytea NOT NULL,
  code_hash bytea NOT NULL,
  tries integer NOT NULL,
  expires_at timestamptz NOT NULL,
  requests integer NOT NULL,
  first_requested_at timestamptz NOT NULL,
  CONSTRAINT sign_in_codes_pkey PRIMARY KEY (email_hash)
);
CREATE TABLE sessions (
  id uuid NOT NULL,
  token_hash bytea NOT NULL,
  person_id uuid NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  CONSTRAINT sessions_token_hash_key UNIQUE (token_hash),
  CONSTRAINT sessions_pkey PRIMARY KEY (id)
);
CREATE TABLE organizations (
  id uuid NOT NULL,
  slug text NOT NULL,
  name text NOT NULL,
  kind text NOT NULL,
  verified boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL,
  CONSTRAINT organizations_slug_key UNIQUE (slug),
  CONSTRAINT organizations_kind_check CHECK (kind = ANY (ARRAY['UNION'::text, 'FEDERATION'::text, 'CONGREGATION'::text, 'COMMUNITY_GROUP'::text, 'STUDENT_GROUP'::text, 'WORKER_CENTER'::text, 'BUSINESS'::text, 'COALITION'::text, 'POLITICAL_GROUP'::text, 'OTHER'::text])),
  CONSTRAINT organizations_pkey PRIMARY KEY (id)
);
CREATE TABLE memberships (
  organization_id uuid NOT NULL,
  person_id uuid NOT NULL,
  role text NOT NULL,
  CONSTRAINT memberships_role_check CHECK (role = ANY (ARRAY['ADMIN'::text, 'MEMBER'::text])),
  CONSTRAINT memberships_pkey PRIMARY KEY (organization_id, person_id)
);
CREATE TABLE campaigns (
  id uuid NOT NULL,
  slug text NOT NULL,
  title text NOT NULL,
  call_to_action text,
  starts_on date NOT NULL,
  ends_on date NOT NULL,
  created_at timestamptz NOT NULL,
  CONSTRAINT campaigns_slug_key UNIQUE (slug),
  CONSTRAINT campaigns_days_check CHECK (ends_on >= starts_on),
  CONSTRAINT campaigns_pkey PRIMARY KEY (id)
);
CREATE TABLE demands (
  id uuid NOT NULL,
  campaign_id uuid NOT NULL,
  rank integer NOT NULL,
  text text NOT NULL,
  CONSTRAINT demands_campaign_id_rank_key UNIQUE (campaign_id, rank),
  CONSTRAINT demands_pkey PRIMARY KEY (id)
);
CREATE TABLE campaign_staff (
  campaign_id uuid NOT NULL,
  person_id uuid NOT NULL,
  CONSTRAINT campaign_staff_pkey PRIMARY KEY (campaign_id, person_id)
);
CREATE TABLE endorsements (
  id uuid NOT NULL,
  campaign_id uuid NOT NULL,
  organization_id uuid NOT NULL,
  status text NOT NULL,
  endorsed_on date,
  CONSTRAINT endorsements_campaign_id_organization_id_key UNIQUE (campaign_id, organization_id),
  CONSTRAINT endorsements_status_check CHECK (status = ANY (ARRAY['INVITED'::text, 'ENDORSED'::text, 'DECLINED'::text, 'WITHDRAWN'::text])),
  CONSTRAINT endorsements_pkey PRIMARY KEY (id)
);
CREATE TABLE cities (
  id uuid NOT NULL,
  geoname_id integer NOT NULL,
  slug text NOT NULL,
  name text NOT NULL,
  region text NOT NULL,
  country text NOT NULL,
  latitude double precision NOT NULL,
  longitude double precision NOT NULL,
  time_zone text NOT NULL,
  population integer NOT NULL,
  CONSTRAINT cities_geoname_id_key UNIQUE (geoname_id),
  CONSTRAINT cities_slug_key UNIQUE (slug),
  CONSTRAINT cities_pkey PRIMARY KEY (id)
);
CREATE TABLE events (
  id uuid NOT NULL,
  campaign_id uuid,
  city_id uuid NOT NULL,
  created_by uuid,
  type text NOT NULL,
  title text NOT NULL,
  description text,
  starts_on date NOT NULL,
  starts_at timestamptz,
  ends_at timestamptz,
  time_zone text NOT NULL,
  span_starts_at timestamptz NOT NULL,
  span_ends_at timestamptz NOT NULL,
  venue text,
  address_lines text array NOT NULL DEFAULT '{}',
  locality text,
  region text,
  postal_code text,
  country text NOT NULL,
  latitude double precision,
  longitude double precision,
  public_latitude double precision NOT NULL,
  public_longitude double precision NOT NULL,
  location_precision text NOT NULL,
  visibility text NOT NULL,
  review text NOT NULL,
  accessibility text NOT NULL,
  accessibility_notes text,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  CONSTRAINT events_point_check CHECK (abs(latitude) <= 90 AND abs(longitude) <= 180 AND (latitude IS NULL) = (longitude IS NULL)),
  CONSTRAINT events_span_check CHECK (span_ends_at > span_starts_at AND COALESCE(starts_at, span_starts_at) = span_starts_at),
  CONSTRAINT events_times_check CHECK (ends_at > starts_at),
  CONSTRAINT events_accessibility_check CHECK (accessibility = ANY (ARRAY['ACCESSIBLE'::text, 'NOT_ACCESSIBLE'::text, 'NOT_SURE'::text])),
  CONSTRAINT events_location_precision_check CHECK (location_precision = ANY (ARRAY['EXACT'::text, 'CITY'::text])),
  CONSTRAINT events_visibility_check CHECK (visibility = ANY (ARRAY['PUBLIC'::text, 'UNLISTED'::text, 'PRIVATE'::text])),
  CONSTRAINT events_review_check CHECK (review = ANY (ARRAY['DRAFT'::text, 'IN_REVIEW'::text, 'APPROVED'::text])),
  CONSTRAINT events_type_check CHECK (type = ANY (ARRAY['RALLY'::text, 'MARCH'::text, 'VIGIL'::text, 'DEMONSTRATION'::text, 'PICKET'::text, 'WALKOUT'::text, 'SIT_IN'::text, 'CARAVAN'::text, 'VISIBILITY_EVENT'::text, 'TRAINING'::text, 'TEACH_IN'::text, 'ASSEMBLY'::text, 'MEETING'::text, 'PRESS_CONFERENCE'::text, 'MUTUAL_AID'::text, 'OTHER'::text])),
  CONSTRAINT events_pkey PRIMARY KEY (id)
);
CREATE TABLE event_hosts (
  event_id uuid NOT NULL,
  organization_id uuid NOT NULL,
  role text NOT NULL,
  CONSTRAINT event_hosts_role_check CHECK (role = ANY (ARRAY['LEAD'::text, 'CO_HOST'::text])),
  CONSTRAINT event_hosts_pkey PRIMARY KEY (event_id, organization_id)
);
CREATE TABLE event_roles (
  event_id uuid NOT NULL,
  person_id uuid NOT NULL,
  role text NOT NULL,
  CONSTRAINT event_roles_role_check CHECK (role = ANY (ARRAY['COORDINATOR'::text, 'REPORTER'::text])),
  CONSTRAINT event_roles_pkey PRIMARY KEY (event_id, person_id, role)
);
CREATE TABLE shifts (
  id uuid NOT NULL,
  event_id uuid NOT NULL,
  role text NOT NULL,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  minimum integer NOT NULL,
  capacity integer NOT NULL,
  taken integer NOT NULL DEFAULT 0,
  CONSTRAINT shifts_taken_check CHECK (taken >= 0 AND taken <= capacity),
  CONSTRAINT shifts_places_check CHECK (minimum >= 0 AND capacity >= 1 AND minimum <= capacity),
  CONSTRAINT shifts_times_check CHECK (ends_at > starts_at),
  CONSTRAINT shifts_role_check CHECK (role = ANY (ARRAY['LEAD'::text, 'MARSHAL'::text, 'DE_ESCALATOR'::text, 'TRAFFIC'::text, 'MEDIC'::text, 'LEGAL_OBSERVER_LIAISON'::text, 'POLICE_LIAISON'::text, 'ACCESS_SUPPORT'::text, 'RUNNER'::text, 'FLOAT'::text])),
  CONSTRAINT shifts_pkey PRIMARY KEY (id)
);
CREATE TABLE shift_signups (
  id uuid NOT NULL,
  shift_id uuid NOT NULL,
  person_id uuid NOT NULL,
  status text NOT NULL,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  claimed_at timestamptz NOT NULL,
  released_at timestamptz,
  CONSTRAINT shift_signups_status_check CHECK (status = ANY (ARRAY['CONFIRMED'::text, 'RELEASED'::text])),
  CONSTRAINT shift_signups_one_place_at_a_time EXCLUDE USING gist (person_id WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (status = 'CONFIRMED'::text),
  CONSTRAINT shift_signups_pkey PRIMARY KEY (id)
);
CREATE TABLE turnout_reports (
  id uuid NOT NULL,
  event_id uuid NOT NULL,
  reporter_id uuid,
  low integer NOT NULL,
  high integer NOT NULL,
  words text,
  method text,
  source text NOT NULL,
  observed_at timestamptz NOT NULL,
  received_at timestamptz NOT NULL,
  CONSTRAINT turnout_reports_interval_check CHECK (low >= 0 AND high >= low AND high <= 5000000),
  CONSTRAINT turnout_reports_source_check CHECK (source = ANY (ARRAY['HOST'::text, 'PEACEKEEPER'::text, 'STAFF'::text, 'PRESS'::text, 'OFFICIAL'::text, 'PUBLIC'::text])),
  CONSTRAINT turnout_reports_method_check CHECK (method = ANY (ARRAY['HEADCOUNT'::text, 'CLICKER'::text, 'MARCH_PASS_ROWS'::text, 'AREA_DENSITY'::text, 'AERIAL'::text, 'PHOTO'::text, 'VIDEO'::text, 'EYEWITNESS'::text, 'MEDIA'::text, 'OFFICIAL'::text])),
  CONSTRAINT turnout_reports_pkey PRIMARY KEY (id)
);
CREATE TABLE turnouts (
  event_id uuid NOT NULL,
  low integer NOT NULL,
  high integer NOT NULL,
  peak_low integer NOT NULL,
  peak_high integer NOT NULL,
  reports integer NOT NULL,
  observed_at timestamptz NOT NULL,
  CONSTRAINT turnouts_interval_check CHECK (low >= 0 AND high >= low AND peak_low >= 0 AND peak_high >= peak_low),
  CONSTRAINT turnouts_pkey PRIMARY KEY (event_id)
);
CREATE INDEX sessions_person_id_idx ON sessions (person_id);
CREATE INDEX organizations_name_id_idx ON organizations (name, id);
CREATE INDEX memberships_person_id_idx ON memberships (person_id);
CREATE INDEX campaigns_starts_on_id_idx ON campaigns (starts_on, id);
CREATE INDEX campaign_staff_person_id_idx ON campaign_staff (person_id);
CREATE INDEX cities_region_name_idx ON cities (region, name);
CREATE INDEX events_created_by_idx ON events (created_by);
CREATE INDEX events_start_idx ON events (span_starts_at, id);
CREATE INDEX events_city_start_idx ON events (city_id, span_starts_at, id);
CREATE INDEX events_campaign_start_idx ON events (campaign_id, span_starts_at, id);
CREATE INDEX event_hosts_organization_id_idx ON event_hosts (organization_id);
CREATE INDEX event_roles_person_id_idx ON event_roles (person_id);
CREATE INDEX shifts_event_id_starts_at_id_idx ON shifts (event_id, starts_at, id);
CREATE INDEX shift_signups_person_id_starts_at_id_idx ON shift_signups (person_id, starts_at, id);
CREATE INDEX shift_signups_shift_id_person_id_idx ON shift_signups (shift_id, person_id);
CREATE INDEX turnout_reports_reporter_id_idx ON turnout_reports (reporter_id);
CREATE INDEX turnout_reports_event_id_observed_at_id_idx ON turnout_reports (event_id, observed_at, id);
ALTER TABLE sessions ADD CONSTRAINT sessions_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id) ON DELETE CASCADE;
ALTER TABLE memberships ADD CONSTRAINT memberships_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE;
ALTER TABLE memberships ADD CONSTRAINT memberships_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id) ON DELETE CASCADE;
ALTER TABLE demands ADD CONSTRAINT demands_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaigns(id) ON DELETE CASCADE;
ALTER TABLE campaign_staff ADD CONSTRAINT campaign_staff_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaigns(id) ON DELETE CASCADE;
ALTER TABLE campaign_staff ADD CONSTRAINT campaign_staff_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id) ON DELETE CASCADE;
ALTER TABLE endorsements ADD CONSTRAINT endorsements_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaigns(id) ON DELETE CASCADE;
ALTER TABLE endorsements ADD CONSTRAINT endorsements_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE;
ALTER TABLE events ADD CONSTRAINT events_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaigns(id);
ALTER TABLE events ADD CONSTRAINT events_city_id_fkey FOREIGN KEY (city_id) REFERENCES cities(id);
ALTER TABLE events ADD CONSTRAINT events_created_by_fkey FOREIGN KEY (created_by) REFERENCES people(id) ON DELETE SET NULL;
ALTER TABLE event_hosts ADD CONSTRAINT event_hosts_event_id_fkey FOREIGN KEY (event_id) REFERENCES events(id) ON DELETE CASCADE;
ALTER TABLE event_hosts ADD CONSTRAINT event_hosts_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE;
ALTER TABLE event_roles ADD CONSTRAINT event_roles_event_id_fkey FOREIGN KEY (event_id) REFERENCES events(id) ON DELETE CASCADE;
ALTER TABLE event_roles ADD CONSTRAINT event_roles_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id) ON DELETE CASCADE;
ALTER TABLE shifts ADD CONSTRAINT shifts_event_id_fkey FOREIGN KEY (event_id) REFERENCES events(id) ON DELETE CASCADE;
ALTER TABLE shift_signups ADD CONSTRAINT shift_signups_shift_id_fkey FOREIGN KEY (shift_id) REFERENCES shifts(id) ON DELETE CASCADE;
ALTER TABLE shift_signups ADD CONSTRAINT shift_signups_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id) ON DELETE CASCADE;
ALTER TABLE turnout_reports ADD CONSTRAINT turnout_reports_event_id_fkey FOREIGN KEY (event_id) REFERENCES events(id) ON DELETE CASCADE;
ALTER TABLE turnout_reports ADD CONSTRAINT turnout_reports_reporter_id_fkey FOREIGN KEY (reporter_id) REFERENCES people(id) ON DELETE SET NULL;
ALTER TABLE turnouts ADD CONSTRAINT turnouts_event_id_fkey FOREIGN KEY (event_id) REFERENCES events(id) ON DELETE CASCADE;
CREATE INDEX events_public_point_idx ON events USING gist (point(public_longitude, public_latitude));
`;

/** The change log, repeated calls and settings: written with SQL only, so they have no entity. */
const platform = `
CREATE TABLE change_log (
  epoch integer NOT NULL,
  floor_xid xid8 NOT NULL,
  floor_id bigint NOT NULL,
  CONSTRAINT change_log_pkey PRIMARY KEY (epoch)
);
CREATE UNIQUE INDEX change_log_one_row ON change_log ((true));
CREATE TABLE changes (
  xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  id bigint GENERATED ALWAYS AS IDENTITY,
  topic text NOT NULL,
  kind text NOT NULL,
  subject_id uuid NOT NULL,
  scopes uuid[] NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT changes_pkey PRIMARY KEY (xid, id)
);
CREATE INDEX changes_recorded_at_idx ON changes (recorded_at);
CREATE TABLE idempotency_keys (
  person_id uuid NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  operation text NOT NULL,
  key text NOT NULL,
  input_hash bytea NOT NULL,
  result jsonb,
  created_at timestamptz NOT NULL,
  CONSTRAINT idempotency_keys_pkey PRIMARY KEY (person_id, operation, key)
);
CREATE INDEX idempotency_keys_created_at_idx ON idempotency_keys (created_at);
CREATE TABLE settings (
  name text NOT NULL,
  value text NOT NULL,
  CONSTRAINT settings_pkey PRIMARY KEY (name)
);
`;

export class CreateTables1769212800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(nouns);
    await runner.query(platform);
  }

  async down(): Promise<void> {
    throw new Error("Migrations go forward only: restore a backup instead.");
  }
}
