import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Pool } from "pg";
import Supercluster from "supercluster";
import vtpbf from "vt-pbf";
import { answer } from "../support/child.js";
import { leanUsage, usage } from "../support/usage.js";

interface Sums {
  low: number | null;
  high: number | null;
  reporting: number;
  openPlaces: number;
}

/** A cell of ours is an eighth of a tile wide; and what it tells of its events, a cluster tells too. */
const index = new Supercluster<Sums, Sums>({
  radius: 52,
  extent: 512,
  maxZoom: 16,
  map: ({ low, high, reporting, openPlaces }) => ({ low: low ?? 0, high: high ?? 0, reporting, openPlaces }),
  reduce(sums, { low, high, reporting, openPlaces }) {
    sums.low! += low!;
    sums.high! += high!;
    sums.reporting += reporting;
    sums.openPlaces += openPlaces;
  },
});

interface Row extends Sums {
  longitude: number;
  latitude: number;
}

/** Reads the public events as they are now. */
async function load(): Promise<number> {
  const pool = new Pool({ connectionString: process.env["DATABASE_URL"], max: 1 });
  const { rows } = await pool.query<Row>(`
    SELECT 'event_' || replace(id::text, '-', '') AS id, title, type, occurrence, starts_on::text AS "startsOn",
      public_longitude AS longitude, public_latitude AS latitude, low, high, (low IS NOT NULL)::int AS reporting, 1 AS count,
      COALESCE((SELECT sum(capacity - taken) FROM shifts WHERE event_id = events.id AND shifts.status = 'OPEN'), 0)::int
        AS "openPlaces"
    FROM events LEFT JOIN turnouts ON event_id = events.id WHERE review = 'APPROVED' AND visibility = 'PUBLIC' AND record = 'LIVE'`);
  await pool.end();
  const began = performance.now();
  index.load(
    rows.map(({ longitude, latitude, ...properties }) => ({
      type: "Feature" as const,
      properties,
      geometry: { type: "Point" as const, coordinates: [longitude, latitude] as [number, number] },
    })),
  );
  return performance.now() - began;
}

const server = createServer(({ url }, response) => {
  const [z, x, y] = /^\/tiles\/(\d+)\/(\d+)\/(\d+)\.mvt/.exec(url!)!.slice(1).map(Number) as [number, number, number];
  const tile = index.getTile(z, x, y);
  const body = tile ? Buffer.from(vtpbf.fromGeojsonVt({ events: tile as never }, { version: 2 })) : Buffer.alloc(0);
  const type = "application/vnd.mapbox-vector-tile";
  response.writeHead(200, { "content-type": type, "content-length": body.length }).end(body);
});
const listening = new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

export const supercluster = {
  url: async () => {
    await listening;
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  },
  load,
  usage,
  leanUsage,
};

answer(supercluster);
