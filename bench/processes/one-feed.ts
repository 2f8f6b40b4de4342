import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Pool } from "pg";
import { answer } from "../support/child.js";
import { usage } from "../support/usage.js";

/** The events after an instant as GeoJSON, written by hand with PostgreSQL's JSON functions. */
const sql = `
WITH page AS MATERIALIZED (
  SELECT * FROM events
  WHERE review = 'APPROVED' AND visibility = 'PUBLIC' AND record = 'LIVE' AND span_ends_at > $1
  ORDER BY span_starts_at, id LIMIT 1000
)
SELECT json_build_object('type', 'FeatureCollection', 'features', json_agg(json_build_object(
  'type', 'Feature', 'id', 'event_' || replace(e.id::text, '-', ''),
  'geometry', json_build_object('type', 'Point', 'coordinates', json_build_array(e.public_longitude, e.public_latitude)),
  'properties', json_build_object('title', e.title, 'type', e.type, 'occurrence', e.occurrence, 'startsOn', e.starts_on,
    'startsAt', e.starts_at, 'endsAt', e.ends_at, 'timeZone', e.time_zone, 'accessibility', e.accessibility,
    'version', e.version, 'updatedAt', e.updated_at,
    'organization', CASE WHEN o.id IS NOT NULL THEN json_build_object('id', 'organization_' || replace(o.id::text, '-', ''),
      'slug', o.slug, 'name', o.name) END)
) ORDER BY e.span_starts_at, e.id))::text AS answer
FROM page e
LEFT JOIN event_hosts h ON h.event_id = e.id AND h.role = 'LEAD' AND h.status = 'ACCEPTED'
LEFT JOIN organizations o ON o.id = h.organization_id AND o.status = 'LISTED'`;

const pool = new Pool({ connectionString: process.env["DATABASE_URL"], max: 20, options: "-c TimeZone=UTC" });

const server = createServer((request, response) => {
  const after = new URL(request.url!, "http://bench").searchParams.get("endsAfter");
  pool.query<{ answer: string }>({ name: "feed", text: sql, values: [after] }).then(
    ({ rows }) => {
      const body = Buffer.from(rows[0]!.answer);
      response.writeHead(200, { "content-type": "application/geo+json", "content-length": body.length }).end(body);
    },
    (error: Error) => response.writeHead(500).end(error.message),
  );
});
const listening = new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

export const oneFeed = {
  url: async () => {
    await listening;
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  },
  usage,
};

answer(oneFeed, () => pool.end());
