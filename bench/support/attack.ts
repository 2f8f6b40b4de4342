/**
 * An event that began two hours ago, in a campaign where everybody may report, another like it that nobody attacks, and a
 * third to compare speeds with. The first of $1 people is the campaign's staff, the next three report for all events.
 */
export const attackSql = `
WITH campaign AS (
  INSERT INTO campaigns (id, slug, title, starts_on, ends_on, status, created_at)
  VALUES (gen_random_uuid(), 'benchmark', 'A day of action', current_date - 1, current_date + 1, 'OPEN', now()) RETURNING id
), policy AS (
  INSERT INTO turnout_policies (campaign_id, reporting) SELECT id, 'OPEN' FROM campaign
), place AS (
  SELECT * FROM cities ORDER BY population DESC, geoname_id LIMIT 1
), rally AS (
  INSERT INTO events (id, campaign_id, city_id, type, title, starts_on, ends_on, starts_at, ends_at, time_zone,
    span_starts_at, span_ends_at, country, public_latitude, public_longitude, location_precision, visibility, review,
    accessibility, created_at, updated_at)
  SELECT gen_random_uuid(), campaign.id, p.id, 'RALLY', rally, begins::date, begins::date, begins, begins + interval '4 hours',
    'Etc/UTC', begins, begins + interval '4 hours', 'US', p.latitude, p.longitude, 'CITY', 'PUBLIC', 'APPROVED', 'NOT_SURE',
    now(), now()
  FROM campaign, place p, unnest(ARRAY['Attacked', 'Twin', 'Calm']) rally,
    LATERAL (SELECT now() AT TIME ZONE 'UTC' - interval '2 hours' AS began) b,
    LATERAL (SELECT b.began AT TIME ZONE 'UTC' AS begins) times
  RETURNING id, title
), person AS (
  INSERT INTO people (id, email_hash, email_sealed, created_at)
  SELECT gen_random_uuid(), ('person ' || n)::bytea, '', now() FROM generate_series(1, $1::int) n RETURNING id
), numbered AS (SELECT id, row_number() OVER () - 1 AS n FROM person
), session AS (
  INSERT INTO sessions (id, token_hash, person_id, created_at, expires_at)
  SELECT gen_random_uuid(), sha256(('benchmark-token-' || to_char(n, 'FM00000000'))::bytea), id, now(), now() + interval '1 day'
  FROM numbered
), staff AS (
  INSERT INTO campaign_staff (campaign_id, person_id) SELECT campaign.id, numbered.id FROM campaign, numbered WHERE n = 0
), reporter AS (
  INSERT INTO event_roles (event_id, person_id, role)
  SELECT rally.id, numbered.id, 'REPORTER' FROM rally, numbered WHERE n BETWEEN 1 AND 3
)
SELECT campaign.id AS campaign, (SELECT id FROM rally WHERE title = 'Attacked') AS attacked,
  (SELECT id FROM rally WHERE title = 'Twin') AS twin, (SELECT id FROM rally WHERE title = 'Calm') AS calm FROM campaign`;

const minute = 60_000;

/** What the n-th hostile account says in the present round: extremes, games with the time, and words without a number. */
export function lieOf(n: number): object {
  const now = Date.now();
  const ago = (minutes: number): string => new Date(now - minutes * minute).toISOString();
  const lies = [
    { count: 5_000_000, method: "CLICKER" },
    { count: 0, method: "HEADCOUNT" },
    { low: 0, high: 5_000_000 },
    { count: 3_500 + (n % 100), observedAt: ago(-4) },
    { count: 9_000 + n, observedAt: ago(115) },
    { count: 4_000, observedAt: ago(n % 110), method: "CLICKER" },
    { words: "nobody at all" },
    { low: 300, high: 310, observedAt: ago(n % 60) },
  ];
  return lies[n % lies.length]!;
}
