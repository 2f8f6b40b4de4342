/** Ten counts of each of 20,000 rallies by somebody who stood there; 2,000 did, each at ten rallies. */
export const countedSql = `
WITH voice AS (
  INSERT INTO turnout_reporters (id, scope_id) SELECT gen_random_uuid(), campaigns.id FROM campaigns, generate_series(1, 2000)
  RETURNING id
), numbered AS (
  SELECT id, row_number() OVER () - 1 AS n FROM voice
)
INSERT INTO turnout_reports (id, event_id, reporter_id, low, high, method, source, status, flags, observed_at, received_at)
SELECT gen_random_uuid(), e.id, v.id, size.low, size.low + size.low / 4, 'HEADCOUNT', 'PEACEKEEPER',
  CASE WHEN e.n % 50 = nth THEN 'REJECTED' ELSE 'ACCEPTED' END, '{}', at, at
FROM (SELECT id, starts_at, row_number() OVER () AS n FROM events) e
  JOIN numbered v ON v.n = e.n % 2000,
  generate_series(1, 10) AS nth,
  LATERAL (SELECT (20 + (e.n * 7919 + nth * 104729) % 3000)::int AS low, e.starts_at + nth * interval '9 minutes' AS at) size`;

/** So many rallies of another campaign, begun an hour ago, in so many of the largest cities. */
export const runningSql = `
WITH campaign AS (
  INSERT INTO campaigns (id, slug, title, starts_on, ends_on, status, created_at)
  VALUES (gen_random_uuid(), 'running', 'A day of action', current_date - 1, current_date + 1, 'OPEN', now()) RETURNING id
), place AS (
  SELECT c.*, row_number() OVER (ORDER BY population DESC, geoname_id) - 1 AS number FROM cities c
)
INSERT INTO events (id, campaign_id, city_id, type, title, starts_on, ends_on, starts_at, ends_at, time_zone,
  span_starts_at, span_ends_at, country, public_latitude, public_longitude, location_precision, visibility, review,
  accessibility, created_at, updated_at)
SELECT gen_random_uuid(), campaign.id, p.id, 'RALLY', 'Rally ' || n || ' in ' || p.name, current_date - 1, current_date + 1,
  begun, begun + interval '9 hours', p.time_zone, begun, begun + interval '9 hours', 'US', p.latitude, p.longitude,
  'CITY', 'PUBLIC', 'APPROVED', 'NOT_SURE', now(), now()
FROM campaign, generate_series(1, $1::int) n JOIN place p ON p.number = n % $2::int,
  LATERAL (SELECT now() - interval '1 hour' AS begun) times`;

/** Three of so many people report of each running rally: gives the rallies, each with the tokens' numbers of its three. */
export const rolesSql = `
WITH person AS (
  SELECT s.person_id AS id, n FROM generate_series(0, $1::int - 1) n
    JOIN sessions s ON s.token_hash = sha256(('benchmark-token-' || to_char(n, 'FM00000000'))::bytea)
), rally AS (
  SELECT e.id, row_number() OVER (ORDER BY e.id) AS number FROM events e JOIN campaigns c ON c.id = e.campaign_id
  WHERE c.slug = 'running'
), role AS (
  INSERT INTO event_roles (event_id, person_id, role)
  SELECT r.id, p.id, 'REPORTER' FROM rally r CROSS JOIN generate_series(0, 2) nth JOIN person p ON p.n = (r.number + nth * 67) % $1
  RETURNING event_id, person_id
)
SELECT role.event_id AS id, array_agg(p.n) AS people FROM role JOIN person p ON p.id = role.person_id GROUP BY 1`;
