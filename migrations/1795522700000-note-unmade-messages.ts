import type { MigrationInterface, QueryRunner } from "typeorm";

/** A message of a webhook that could not be made stands in the log without a body, with the reason. */
export class NoteUnmadeMessages1795522700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE webhook_deliveries
        ALTER COLUMN body_sealed DROP NOT NULL,
        DROP CONSTRAINT webhook_deliveries_error_check,
        ADD CONSTRAINT webhook_deliveries_error_check CHECK (error = ANY (
          ARRAY['STATUS'::text, 'REDIRECT'::text, 'TIMEOUT'::text, 'ADDRESS'::text, 'TLS'::text, 'CONNECTION'::text,
            'UNAVAILABLE'::text, 'INTERNAL'::text])),
        ADD CONSTRAINT webhook_deliveries_body_check CHECK (body_sealed IS NOT NULL OR error IS NOT NULL)
    `);
  }

  async down(): Promise<void> {
    throw new Error("Migrations go forward only: restore a backup instead.");
  }
}
