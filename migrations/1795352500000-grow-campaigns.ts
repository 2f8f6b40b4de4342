import type { MigrationInterface, QueryRunner } from "typeorm";

export class GrowCampaigns1795352500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Campaigns that are there already are public.
      ALTER TABLE campaigns
        ADD COLUMN description text,
        ADD COLUMN status text NOT NULL DEFAULT 'OPEN',
        ADD COLUMN review_policy text NOT NULL DEFAULT 'REVIEW_ALL',
        ADD COLUMN version integer NOT NULL DEFAULT 1;
      ALTER TABLE campaigns ALTER COLUMN status DROP DEFAULT;
      ALTER TABLE campaigns DROP CONSTRAINT campaigns_days_check;
      ALTER TABLE campaigns
        ADD CONSTRAINT campaigns_days_check CHECK (ends_on >= starts_on AND ends_on - starts_on <= 400),
        ADD CONSTRAINT campaigns_status_check CHECK (status = ANY (ARRAY['DRAFT'::text, 'OPEN'::text, 'CLOSED'::text])),
        ADD CONSTRAINT campaigns_review_policy_check CHECK (review_policy = ANY (ARRAY['REVIEW_ALL'::text, 'TRUST_SOME'::text]));
      CREATE TABLE campaign_edits (
        campaign_id uuid NOT NULL,
        version integer NOT NULL,
        fields text array NOT NULL,
        CONSTRAINT campaign_edits_pkey PRIMARY KEY (campaign_id, version)
      );
      ALTER TABLE campaign_edits ADD CONSTRAINT campaign_edits_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaigns(id) ON DELETE CASCADE;
      CREATE TABLE campaign_organizers (
        campaign_id uuid NOT NULL,
        organization_id uuid NOT NULL,
        CONSTRAINT campaign_organizers_pkey PRIMARY KEY (campaign_id, organization_id)
      );
      CREATE INDEX campaign_organizers_organization_id_idx ON campaign_organizers (organization_id);
      ALTER TABLE campaign_organizers ADD CONSTRAINT campaign_organizers_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaigns(id) ON DELETE CASCADE;
      ALTER TABLE campaign_organizers ADD CONSTRAINT campaign_organizers_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE;
      CREATE TABLE campaign_trusts (
        campaign_id uuid NOT NULL,
        organization_id uuid NOT NULL,
        CONSTRAINT campaign_trusts_pkey PRIMARY KEY (campaign_id, organization_id)
      );
      CREATE INDEX campaign_trusts_organization_id_idx ON campaign_trusts (organization_id);
      ALTER TABLE campaign_trusts ADD CONSTRAINT campaign_trusts_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaigns(id) ON DELETE CASCADE;
      ALTER TABLE campaign_trusts ADD CONSTRAINT campaign_trusts_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE;
      ALTER TABLE demands DROP CONSTRAINT demands_campaign_id_rank_key;
      ALTER TABLE demands ADD CONSTRAINT demands_campaign_id_rank_key UNIQUE (campaign_id, rank) DEFERRABLE;
    `);
    await runner.query(`
      CREATE INDEX endorsements_organization_id_idx ON endorsements (organization_id);
      CREATE TABLE endorsement_steps (
        endorsement_id uuid NOT NULL,
        number integer NOT NULL,
        status text NOT NULL,
        party text NOT NULL,
        at timestamptz,
        CONSTRAINT endorsement_steps_status_check CHECK (status = ANY (ARRAY['INVITED'::text, 'ENDORSED'::text, 'DECLINED'::text, 'WITHDRAWN'::text])),
        CONSTRAINT endorsement_steps_party_check CHECK (party = ANY (ARRAY['CAMPAIGN'::text, 'ORGANIZATION'::text])),
        CONSTRAINT endorsement_steps_pkey PRIMARY KEY (endorsement_id, number)
      );
      ALTER TABLE endorsement_steps ADD CONSTRAINT endorsement_steps_endorsement_id_fkey FOREIGN KEY (endorsement_id) REFERENCES endorsements(id) ON DELETE CASCADE;
      INSERT INTO endorsement_steps (endorsement_id, number, status, party)
        SELECT id, 1, status, CASE WHEN status = 'INVITED' THEN 'CAMPAIGN' ELSE 'ORGANIZATION' END FROM endorsements;
      CREATE TABLE pledge_counts (
        campaign_id uuid NOT NULL,
        city_id uuid NOT NULL,
        count integer NOT NULL,
        CONSTRAINT pledge_counts_count_check CHECK (count >= 1),
        CONSTRAINT pledge_counts_pkey PRIMARY KEY (campaign_id, city_id)
      );
      CREATE INDEX pledge_counts_city_id_idx ON pledge_counts (city_id);
      ALTER TABLE pledge_counts ADD CONSTRAINT pledge_counts_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaigns(id) ON DELETE CASCADE;
      ALTER TABLE pledge_counts ADD CONSTRAINT pledge_counts_city_id_fkey FOREIGN KEY (city_id) REFERENCES cities(id);
      CREATE TABLE pledge_marks (
        campaign_id uuid NOT NULL,
        mark bytea NOT NULL,
        CONSTRAINT pledge_marks_pkey PRIMARY KEY (campaign_id, mark)
      );
      ALTER TABLE pledge_marks ADD CONSTRAINT pledge_marks_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES campaigns(id) ON DELETE CASCADE;
    `);
  }

  async down(): Promise<void> {
    throw new Error("Migrations go forward only: restore a backup instead.");
  }
}
