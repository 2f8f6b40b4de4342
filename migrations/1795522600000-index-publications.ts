import type { MigrationInterface, QueryRunner } from "typeorm";

/** When a thing became public is looked up for each page of changes. */
export class IndexPublications1795522600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE INDEX changes_published_idx ON changes (subject_id, xid, id) WHERE kind = 'PUBLISHED'`);
  }

  async down(): Promise<void> {
    throw new Error("Migrations go forward only: restore a backup instead.");
  }
}
