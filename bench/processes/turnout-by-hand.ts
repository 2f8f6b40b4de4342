import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Pool, type QueryConfig } from "pg";
import { answer } from "../support/child.js";
import { usage } from "../support/usage.js";

/** A campaign's sums by region and city, from the reports alone: the latest that counts of each event, then three sums of these. */
const boardSql = `
WITH latest AS (
  SELECT DISTINCT ON (r.event_id) r.event_id, r.low, r.high
  FROM turnout_reports r
  WHERE r.status = 'ACCEPTED' AND r.low IS NOT NULL AND r.event_id IN (SELECT id FROM events WHERE campaign_id = $1)
    AND NOT EXISTS (SELECT 1 FROM turnout_reporters q WHERE q.id = r.reporter_id AND q.quarantined_at IS NOT NULL)
  ORDER BY r.event_id, r.observed_at DESC, r.id DESC
), cities_of AS (
  SELECT e.city_id, sum(l.low) AS low, sum(l.high) AS high, count(l.low) AS reporting, count(*) AS scheduled
  FROM events e LEFT JOIN latest l ON l.event_id = e.id
  WHERE e.campaign_id = $1 AND e.review = 'APPROVED' AND e.visibility = 'PUBLIC' AND e.record = 'LIVE'
    AND e.occurrence NOT IN ('POSTPONED', 'CANCELLED')
  GROUP BY e.city_id
), named AS MATERIALIZED (
  SELECT s.*, c.name, c.country, c.region FROM cities_of s JOIN cities c ON c.id = s.city_id
), regions AS (
  SELECT country, region, sum(low) AS low, sum(high) AS high, sum(reporting) AS reporting, sum(scheduled) AS scheduled
  FROM named GROUP BY country, region
), largest AS (
  SELECT * FROM named ORDER BY COALESCE(high, -1) DESC, city_id DESC LIMIT 100
)
SELECT json_build_object('data', json_build_object('campaign', json_build_object(
  'turnout', (SELECT json_build_object('low', sum(low), 'high', sum(high), 'reporting', sum(reporting),
    'scheduled', sum(scheduled)) FROM regions),
  'turnoutByRegion', (SELECT json_agg(json_build_object('region', region, 'turnout', json_build_object(
    'low', low, 'high', high, 'reporting', reporting, 'scheduled', scheduled)) ORDER BY country, region) FROM regions),
  'turnoutByCity', json_build_object('nodes', (SELECT json_agg(json_build_object('city', json_build_object('name', name),
    'turnout', json_build_object('low', low, 'high', high, 'reporting', reporting, 'scheduled', scheduled))
    ORDER BY COALESCE(high, -1) DESC, city_id DESC) FROM largest))
)))::text AS answer`;

const tableSql = `
CREATE TABLE reports_by_hand (LIKE turnout_reports INCLUDING ALL,
  FOREIGN KEY (event_id) REFERENCES events ON DELETE CASCADE, FOREIGN KEY (reporter_id) REFERENCES turnout_reporters,
  FOREIGN KEY (corrects_id) REFERENCES reports_by_hand)`;

const insertSql = `
INSERT INTO reports_by_hand (id, event_id, reporter_id, low, high, method, source, status, flags, observed_at, received_at)
VALUES ($1, $2, $3, $4, $4, $5, 'PEACEKEEPER', 'ACCEPTED', '{}', now(), now()) RETURNING json_build_object('id', id)::text AS answer`;

interface Asked {
  campaign: string;
  eventId: string;
  reporterId: string;
  count: number;
  method: string;
}

const statements: Record<string, (asked: Asked) => QueryConfig> = {
  "/board": ({ campaign }) => ({ name: "board", text: boardSql, values: [campaign] }),
  "/reports": ({ eventId, reporterId, count, method }) => ({
    name: "insert",
    text: insertSql,
    values: [randomUUID(), eventId, reporterId, count, method],
  }),
};

const pool = new Pool({ connectionString: process.env["DATABASE_URL"], max: 20, options: "-c TimeZone=UTC" });

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const statement = statements[request.url!]!(JSON.parse(Buffer.concat(chunks).toString()) as Asked);
    pool.query<{ answer: string }>(statement).then(
      ({ rows }) => {
        const body = Buffer.from(rows[0]!.answer);
        response.writeHead(200, { "content-type": "application/json", "content-length": body.length }).end(body);
      },
      (error: Error) => response.writeHead(500).end(error.message),
    );
  });
});
const listening = new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

export const turnoutByHand = {
  /** A table for its reports, with the columns, checks, indexes and foreign keys of ours. */
  prepare: async () => void (await pool.query(tableSql)),
  url: async () => {
    await listening;
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  },
  usage,
};

answer(turnoutByHand, () => pool.end());
