import type { MigrationInterface, QueryRunner } from "typeorm";

export class AddApiKeys1795522400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE api_keys (
        id uuid NOT NULL,
        person_id uuid NOT NULL,
        secret_hash bytea NOT NULL,
        name text NOT NULL,
        ending text NOT NULL,
        created_at timestamptz NOT NULL,
        last_used_on date,
        expires_at timestamptz,
        revoked_at timestamptz,
        CONSTRAINT api_keys_pkey PRIMARY KEY (id),
        CONSTRAINT api_keys_secret_hash_key UNIQUE (secret_hash),
        CONSTRAINT api_keys_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id) ON DELETE CASCADE,
        CONSTRAINT api_keys_name_check CHECK (length(name) >= 1 AND length(name) <= 60)
      );
      CREATE INDEX api_keys_person_id_idx ON api_keys (person_id);
    `);
  }

  async down(): Promise<void> {
    throw new Error("Migrations go forward only: restore a backup instead.");
  }
}
