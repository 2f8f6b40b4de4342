/** A campaign of so many rallies, with so many shifts, each with these places: nobody has claimed any. */
export const rallySql = `
WITH campaign AS (
  INSERT INTO campaigns (id, slug, title, starts_on, ends_on, status, created_at)
  VALUES (gen_random_uuid(), 'benchmark', 'A day of action', current_date + 30, current_date + 30, 'OPEN', now()) RETURNING id
), place AS (
  SELECT c.*, row_number() OVER (ORDER BY population DESC, geoname_id) AS number FROM cities c
), rally AS (
  INSERT INTO events (id, campaign_id, city_id, type, title, starts_on, ends_on, starts_at, ends_at, time_zone,
    span_starts_at, span_ends_at, country, public_latitude, public_longitude, location_precision, visibility, review,
    accessibility, created_at, updated_at)
  SELECT gen_random_uuid(), campaign.id, p.id, 'RALLY', 'Rally ' || n || ' in ' || p.name, current_date + 30, current_date + 30,
    at, at + interval '4 hours', p.time_zone, at, at + interval '4 hours', 'US', p.latitude, p.longitude, 'CITY', 'PUBLIC',
    'APPROVED', 'NOT_SURE', now(), now()
  FROM campaign, generate_series(1, $1::int) n JOIN place p ON p.number = 1 + n % 1000,
    LATERAL (SELECT current_date + interval '30 days 18 hours' AS at) times RETURNING id, starts_at
)
INSERT INTO shifts (id, event_id, role, status, starts_at, ends_at, minimum, capacity)
SELECT gen_random_uuid(), r.id, 'MARSHAL', 'OPEN', r.starts_at, r.starts_at + interval '2 hours', $3::int / 2, $3::int
FROM (SELECT *, row_number() OVER () AS n FROM rally) r, generate_series(1, $2::int) s`;

/** So many people whom the campaign knows, each with a session whose token is in their number. */
export const peopleSql = `
WITH person AS (
  INSERT INTO people (id, email_hash, email_sealed, created_at)
  SELECT gen_random_uuid(), ('person ' || n)::bytea, '', now() FROM generate_series(1, $1::int) n RETURNING id
), numbered AS (SELECT id, row_number() OVER () - 1 AS n FROM person
), session AS (
  INSERT INTO sessions (id, token_hash, person_id, created_at, expires_at)
  SELECT gen_random_uuid(), sha256(('benchmark-token-' || to_char(n, 'FM00000000'))::bytea), id, now(), now() + interval '1 day'
  FROM numbered
)
INSERT INTO known_peacekeepers (scope_id, person_id, since) SELECT campaigns.id, person.id, now() FROM campaigns, person`;

/** The token of a person, by number. */
export const tokenOf = (number: number): string => `benchmark-token-${String(number).padStart(8, "0")}`;

/**
 * What stands in the tables on a day of action: the first so many people stood somewhere a week before, and follow that
 * rally. PostgreSQL plans by what it knows of its tables.
 */
export const historySql = `
WITH rally AS (
  INSERT INTO events (id, campaign_id, city_id, type, title, starts_on, ends_on, starts_at, ends_at, time_zone,
    span_starts_at, span_ends_at, country, public_latitude, public_longitude, location_precision, visibility, review,
    accessibility, created_at, updated_at)
  SELECT gen_random_uuid(), campaign_id, city_id, type, title, starts_on, ends_on, before, before + interval '4 hours', time_zone,
    before, before + interval '4 hours', country, public_latitude, public_longitude, location_precision, visibility, review,
    accessibility, now(), now()
  FROM events, LATERAL (SELECT starts_at - interval '7 days' AS before) week RETURNING id, starts_at
), place AS (
  INSERT INTO shifts (id, event_id, role, starts_at, ends_at, minimum, capacity, taken, confirmed)
  SELECT gen_random_uuid(), id, 'MARSHAL', starts_at, starts_at + interval '2 hours', 1, 1000, 1000, 1000 FROM rally
  RETURNING id, event_id, starts_at, ends_at
), person AS (
  SELECT id, row_number() OVER () AS n FROM people LIMIT $1::int
), signup AS (
  INSERT INTO shift_signups (id, shift_id, person_id, status, starts_at, ends_at, claimed_at)
  SELECT gen_random_uuid(), s.id, p.id, 'COMPLETED', s.starts_at, s.ends_at, now()
  FROM person p JOIN (SELECT *, row_number() OVER () - 1 AS n, count(*) OVER () AS all FROM place) s ON s.n = p.n % s.all
  RETURNING shift_id, person_id
)
INSERT INTO event_follows (event_id, person_id, because, since, told_version)
SELECT s.event_id, g.person_id, 'SHIFT', now(), 1 FROM signup g JOIN place s ON s.id = g.shift_id`;

/** Five of eight places of every shift are held, by people who hold others on other days. */
export const filledSql = `
WITH place AS (
  SELECT s.*, row_number() OVER () - 1 AS n FROM shifts s
), person AS (
  SELECT id, row_number() OVER () - 1 AS n FROM people
), signup AS (
  INSERT INTO shift_signups (id, shift_id, person_id, status, starts_at, ends_at, claimed_at)
  SELECT gen_random_uuid(), s.id, p.id, CASE WHEN nth = 1 THEN 'CHECKED_IN' WHEN nth = 5 THEN 'REQUESTED' ELSE 'CONFIRMED' END,
    s.starts_at + day * interval '1 day', s.ends_at + day * interval '1 day', now()
  FROM place s, generate_series(1, 5) nth, LATERAL (SELECT s.n * 5 + nth - 1 AS at) seat,
    LATERAL (SELECT seat.at / (SELECT count(*) FROM people) AS day) round, person p
  WHERE p.n = seat.at % (SELECT count(*) FROM people)
)
UPDATE shifts SET taken = 5, confirmed = 4, on_duty = 1`;
