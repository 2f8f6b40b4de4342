import type { MigrationInterface, QueryRunner } from "typeorm";

/** Whoever is forgotten is looked for in every table that mentions people. */
export class IndexPeople1795374100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX events_review_held_by_idx ON events (review_held_by) WHERE review_held_by IS NOT NULL;
      CREATE INDEX event_imports_created_by_idx ON event_imports (created_by);
    `);
  }

  async down(): Promise<void> {
    throw new Error("Migrations go forward only: restore a backup instead.");
  }
}
