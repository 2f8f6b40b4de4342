/** How many events to measure with; `BENCH_EVENTS` names other numbers. */
export const sizes = process.env["BENCH_EVENTS"]?.split(",").map(Number) ?? [20_000, 200_000];

/** A day of action as large as January 23 could have been, or larger: so many events of one campaign with 1 to 3 hosts each. */
export const seedSql = (events = 20_000): string => `
SELECT setseed(0.23);

INSERT INTO campaigns (id, slug, title, starts_on, ends_on, status, created_at)
VALUES (gen_random_uuid(), 'benchmark', 'A day of action', '2026-01-23', '2026-01-23', 'OPEN', now());

INSERT INTO organizations (id, slug, name, name_keys, kind, created_at)
SELECT gen_random_uuid(), 'organization-' || n, 'Local ' || n || ' of the United Workers',
  ARRAY['local' || n || 'oftheunitedworkers'], 'UNION', now()
FROM generate_series(1, 2000) n;

-- More events where more people live; nine of ten at an address, 2 % not (yet) public.
INSERT INTO events (id, campaign_id, city_id, type, title, description, starts_on, ends_on, starts_at, ends_at,
  time_zone, span_starts_at, span_ends_at, venue, address_lines, locality, region, postal_code, country, latitude, longitude,
  public_latitude, public_longitude, location_precision, visibility, review, accessibility, created_at, updated_at)
SELECT gen_random_uuid(), campaign.id, c.id, 'RALLY', 'Rally ' || n || ' in ' || c.name, repeat('Bring a friend. ', 20),
  '2026-01-23', '2026-01-23', e.at, e.at + interval '2 hours', c.time_zone, e.at, e.at + interval '2 hours', 'City Hall',
  ARRAY[n || ' Main Street'], c.name, c.region, '55401', 'US', e.lat, e.lng,
  CASE WHEN e.exact THEN e.lat ELSE c.latitude END, CASE WHEN e.exact THEN e.lng ELSE c.longitude END,
  CASE WHEN e.exact THEN 'EXACT' ELSE 'CITY' END, CASE WHEN n % 100 = 0 THEN 'UNLISTED' ELSE 'PUBLIC' END,
  CASE WHEN n % 100 = 1 THEN 'IN_REVIEW' ELSE 'APPROVED' END, 'ACCESSIBLE', now(), now()
FROM campaigns campaign,
  (SELECT n, 1 + floor(1500 * random() ^ 2) AS place, random() < 0.9 AS exact, random() - 0.5 AS north,
     random() - 0.5 AS east, timestamptz '2026-01-23T15:00Z' + floor(random() * 96) * interval '5 minutes' AS at
   FROM generate_series(1, ${events}) n OFFSET 0) r
  JOIN (SELECT *, row_number() OVER (ORDER BY population DESC, geoname_id) AS place FROM cities) c USING (place),
  LATERAL (SELECT r.at, r.exact, c.latitude + r.north * 0.2 AS lat, c.longitude + r.east * 0.2 AS lng) e;

INSERT INTO event_hosts (event_id, organization_id, role, status)
SELECT e.id, o.id, CASE WHEN host = 1 THEN 'LEAD' ELSE 'CO_HOST' END, 'ACCEPTED'
FROM (SELECT id, row_number() OVER () AS n FROM events) e,
  LATERAL generate_series(1, 1 + e.n % 3) AS host,
  LATERAL (SELECT (e.n * 31 + host * 997) % 2000 + 1 AS number) pick
  JOIN (SELECT id, row_number() OVER () AS number FROM organizations) o USING (number);
`;

/** What maps show beside events: a published number of every other, and free places at every third. */
export const numbersSql = `
INSERT INTO turnouts (event_id, campaign_id, city_id, counted, state, low, high, peak_low, peak_high, lowest, highest, median,
  reports, observed_at, changed_at, version)
SELECT id, campaign_id, city_id, true, 'PARTIAL', low, low * 5 / 4, low, low * 5 / 4, low, low * 5 / 4, low, 1, now(), now(), 1
FROM (SELECT *, (100 + n * 37 % 2000)::int AS low FROM (SELECT *, row_number() OVER () AS n FROM events) e) e WHERE n % 2 = 0;

INSERT INTO shifts (id, event_id, role, status, starts_at, ends_at, minimum, capacity)
SELECT gen_random_uuid(), id, 'MARSHAL', 'OPEN', now() + interval '1 day', now() + interval '2 days', 1, 1 + n % 7
FROM (SELECT *, row_number() OVER () AS n FROM events) e WHERE n % 3 = 0`;

/** Cities of the mainland, the largest first: so many, after so many. */
export const citiesSql = `
SELECT longitude, latitude FROM cities WHERE longitude > -125 ORDER BY population DESC, geoname_id LIMIT $1 OFFSET $2`;

/** So many viewports, each around a large city of the mainland and as wide as its 250 nearest events need. */
export const boxesSql = `
SELECT c.longitude - d.far AS west, c.latitude - d.far AS south, c.longitude + d.far AS east, c.latitude + d.far AS north
FROM (SELECT * FROM (SELECT * FROM cities WHERE longitude > -125 ORDER BY population DESC, geoname_id LIMIT 200) large
    ORDER BY geoname_id LIMIT $1) c,
  LATERAL (SELECT max(far) AS far FROM (
    SELECT greatest(abs(public_longitude - c.longitude), abs(public_latitude - c.latitude)) AS far
    FROM events ORDER BY far LIMIT 250) nearest) d
ORDER BY c.geoname_id`;

/** A session of the campaign's staff with this token hash, and an event to report of. */
export const reporterSql = `
WITH person AS (INSERT INTO people (id, email_hash, email_sealed, created_at)
    VALUES (gen_random_uuid(), 'benchmark', 'benchmark', now()) RETURNING id),
  session AS (INSERT INTO sessions (id, token_hash, person_id, created_at, expires_at)
    SELECT gen_random_uuid(), $1, id, now(), now() + interval '1 day' FROM person),
  staff AS (INSERT INTO campaign_staff (campaign_id, person_id)
    SELECT campaigns.id, person.id FROM campaigns, person RETURNING campaign_id)
SELECT e.campaign_id AS campaign, e.id AS event, e.starts_at AS begins FROM events e JOIN staff USING (campaign_id)
WHERE review = 'APPROVED' AND visibility = 'PUBLIC' LIMIT 1`;
