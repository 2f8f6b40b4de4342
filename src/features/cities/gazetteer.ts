import { readFile } from "node:fs/promises";
import { parse } from "csv-parse/sync";
import type { ClientBase } from "pg";
import { newId } from "../../platform/database/ids.js";
import { projectFile } from "../../platform/files.js";
import { fold } from "../../platform/graphql/text.js";

// GeoNames gives the official name; people look for the usual one.
const usualNames: Record<string, string> = { "5128581": "New York" };

const slugOf = (text: string): string =>
  text
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");

/** Loads the gazetteer into a database that has none, or another edition of it; ids of cities that stay don't change. */
export async function loadGazetteer(client: ClientBase): Promise<void> {
  const text = await readFile(projectFile("src/features/cities/us-cities.csv"), "utf8");
  const { rows: counted } = await client.query<{ count: string }>(`SELECT count(*) FROM cities`);
  // Every start comes here: one that finds all cities there reads no more than how many lines there are.
  if (Number(counted[0]!.count) >= text.trimEnd().split("\n").length - 1) return;
  const rows: Record<string, string>[] = parse(text, { columns: true });
  const taken = new Set<string>();
  const cities = rows.map((row) => {
    const name = usualNames[row["geoname_id"]!] ?? row["name"]!;
    // The file is in order of population: the largest city of a name has the plain slug.
    const plain = slugOf(`${name}-${row["state"]}`);
    const slug = taken.has(plain) ? `${plain}-${row["geoname_id"]}` : plain;
    taken.add(slug);
    return { ...row, id: newId(), name, slug, search_name: fold(name) };
  });
  await client.query(
    `INSERT INTO cities (id, geoname_id, slug, name, search_name, region, country, latitude, longitude, time_zone, population)
     SELECT id, geoname_id, slug, name, search_name, state, 'US', lat, lng, time_zone, population
     FROM jsonb_to_recordset($1::jsonb) AS c(id uuid, geoname_id int, slug text, name text, search_name text, state text,
       lat double precision, lng double precision, time_zone text, population int)
     ON CONFLICT (geoname_id) DO NOTHING`,
    [JSON.stringify(cities)],
  );
}
