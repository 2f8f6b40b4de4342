import { DefaultNamingStrategy, type NamingStrategyInterface, type Table } from "typeorm";

const snake = (text: string): string => text.replace(/(?<=[a-z0-9])([A-Z])/g, "_$1").toLowerCase();
const nameOf = (table: Table | string): string => (typeof table === "string" ? table : table.name).split(".").pop()!;

/** PostgreSQL's names for ours: `startsAt` → `starts_at`; constraints are named after what they hold. */
export class Naming extends DefaultNamingStrategy implements NamingStrategyInterface {
  override columnName = (property: string, custom?: string): string => custom ?? snake(property);
  override primaryKeyName = (table: Table | string): string => `${nameOf(table)}_pkey`;
  override uniqueConstraintName = (table: Table | string, columns: string[]): string =>
    `${nameOf(table)}_${columns.join("_")}_key`;
  override foreignKeyName = (table: Table | string, columns: string[]): string =>
    `${nameOf(table)}_${columns.join("_")}_fkey`;
  override indexName = (table: Table | string, columns: string[]): string =>
    `${nameOf(table)}_${columns.join("_")}_idx`;
}
