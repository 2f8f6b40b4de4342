import type { MigrationInterface, QueryRunner } from "typeorm";

export class AddWebhooks1795522500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE webhooks (
        id uuid NOT NULL,
        person_id uuid NOT NULL,
        name text NOT NULL,
        url text NOT NULL,
        document text NOT NULL,
        variables text NOT NULL,
        state text NOT NULL,
        reason text,
        position text NOT NULL,
        seed text NOT NULL,
        old_seed text,
        old_secret_until timestamptz,
        failing_since timestamptz,
        refused_since timestamptz,
        making_until timestamptz,
        created_at timestamptz NOT NULL,
        CONSTRAINT webhooks_pkey PRIMARY KEY (id),
        CONSTRAINT webhooks_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id) ON DELETE CASCADE,
        CONSTRAINT webhooks_state_check CHECK (state = ANY (ARRAY['ACTIVE'::text, 'PAUSED'::text, 'ENDED'::text])),
        CONSTRAINT webhooks_reason_check CHECK (reason = ANY (
          ARRAY['BY_YOU'::text, 'FAILING'::text, 'GONE'::text, 'NOT_ADMITTED'::text, 'FORBIDDEN'::text])),
        CONSTRAINT webhooks_stopped_check CHECK ((state = 'ACTIVE') = (reason IS NULL))
      );
      CREATE INDEX webhooks_person_id_created_at_id_idx ON webhooks (person_id, created_at, id);

      CREATE TABLE webhook_deliveries (
        id uuid NOT NULL,
        webhook_id uuid NOT NULL,
        position text NOT NULL,
        body_sealed bytea NOT NULL,
        state text NOT NULL,
        attempts integer NOT NULL DEFAULT 0,
        status integer,
        milliseconds integer,
        error text,
        created_at timestamptz NOT NULL,
        tried_from timestamptz NOT NULL,
        tried_at timestamptz,
        next_at timestamptz,
        held_until timestamptz,
        CONSTRAINT webhook_deliveries_pkey PRIMARY KEY (id),
        CONSTRAINT webhook_deliveries_webhook_id_fkey FOREIGN KEY (webhook_id) REFERENCES webhooks(id) ON DELETE CASCADE,
        CONSTRAINT webhook_deliveries_state_check CHECK (state = ANY (
          ARRAY['PENDING'::text, 'DELIVERED'::text, 'FAILED'::text, 'DROPPED'::text])),
        CONSTRAINT webhook_deliveries_error_check CHECK (error = ANY (
          ARRAY['STATUS'::text, 'REDIRECT'::text, 'TIMEOUT'::text, 'ADDRESS'::text, 'TLS'::text, 'CONNECTION'::text])),
        CONSTRAINT webhook_deliveries_next_check CHECK ((state = 'PENDING') = (next_at IS NOT NULL))
      );
      CREATE INDEX webhook_deliveries_webhook_id_created_at_position_id_idx
        ON webhook_deliveries (webhook_id, created_at, position, id);
      CREATE INDEX webhook_deliveries_due_idx ON webhook_deliveries (webhook_id, next_at) WHERE state = 'PENDING';
      CREATE INDEX webhook_deliveries_created_at_idx ON webhook_deliveries (created_at);
    `);
  }

  async down(): Promise<void> {
    throw new Error("Migrations go forward only: restore a backup instead.");
  }
}
