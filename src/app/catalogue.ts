import type { DataSource } from "typeorm";
import type { Scratch } from "../platform/database/scratch.js";
import { createDataSource } from "./data-source.js";

const definitions = `
  SELECT format('%s  column %s %s%s%s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
           CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END, COALESCE(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), '')) AS line
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
  LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
  WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
  UNION ALL
  SELECT format('%s  constraint %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
  FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND conrelid <> 0 AND contype <> 'n'
  UNION ALL
  SELECT format('%s  index %s', tablename, indexdef) FROM pg_indexes WHERE schemaname = 'public'`;

/** Tables that have no entity: written with SQL only, or TypeORM's own. */
const withoutEntity = /^(changes|change_log|idempotency_keys|audit_entries|settings|migrations) {2}/;
/** What no decorator can say: the migration is its only source. */
const beyondDecorators = /index CREATE INDEX events_(public_point|search)_idx /;

/**
 * Columns, constraints and indexes as the migrations make them, as text. Refuses when the entities would make others:
 * TypeORM's own check does not see changed CHECKs, exclusion constraints and predicates.
 */
export async function catalogue(scratch: Scratch): Promise<string> {
  const migrated = await definitionsOf(scratch, async (dataSource) => {
    await dataSource.runMigrations();
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    if (upQueries.length > 0)
      throw new Error(`TypeORM would change:\n${upQueries.map((q) => `  ${q.query}`).join("\n")}`);
  });
  const synchronized = await definitionsOf(scratch, (dataSource) => dataSource.synchronize());
  const expected = migrated.filter((line) => !withoutEntity.test(line) && !beyondDecorators.test(line));
  const differences = [
    ...without(expected, synchronized, "only in the migrations"),
    ...without(synchronized, expected, "only in the entities"),
  ];
  if (differences.length > 0) throw new Error(`Entities and migrations differ:\n${differences.join("\n")}`);
  return `${migrated.join("\n")}\n`;
}

const without = (lines: string[], others: string[], where: string): string[] =>
  lines.filter((line) => !others.includes(line)).map((line) => `  ${where}: ${line}`);

async function definitionsOf(scratch: Scratch, fill: (dataSource: DataSource) => Promise<void>): Promise<string[]> {
  const url = await scratch.create();
  const dataSource = createDataSource(url, 2, () => undefined);
  try {
    await dataSource.initialize();
    await fill(dataSource);
    const rows: { line: string }[] = await dataSource.query(definitions);
    return rows.map((row) => row.line).sort();
  } finally {
    if (dataSource.isInitialized) await dataSource.destroy();
    await scratch.drop(url);
  }
}
