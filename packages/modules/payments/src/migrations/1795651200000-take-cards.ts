import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Payments by card beside those from accounts. A process of the version before goes on with accounts; it cannot read a
 * payment by card, and none is made before the new version serves.
 */
export class TakeCards1795651200000 implements MigrationInterface {
  readonly phase = 'expand';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE payments.payment ALTER COLUMN account_id DROP NOT NULL');
    // Checked for new rows at once. What is there already satisfies it, since the old list was shorter.
    await queryRunner.query(`
      ALTER TABLE payments.payment DROP CONSTRAINT payment_status_check, ADD CONSTRAINT payment_status_known
        CHECK (status IN ('authorising', 'authorised', 'captured', 'voided', 'refunded', 'declined')) NOT VALID`);
    await queryRunner.query(`
      CREATE TABLE payments.card_payment (
        payment_id     uuid PRIMARY KEY REFERENCES payments.payment,
        request_key    text UNIQUE,
        token          text NOT NULL,
        network_id     text COLLATE "C" UNIQUE,
        decline_reason text,
        settlement     text CHECK (settlement IN ('pending', 'settled', 'failed'))
      )`);
    await queryRunner.query(`
      CREATE TABLE payments.card_settlement (
        settlement_id uuid PRIMARY KEY,
        payment_id    uuid NOT NULL REFERENCES payments.card_payment,
        position      bigint GENERATED ALWAYS AS IDENTITY,
        act           text NOT NULL CHECK (act IN ('capture', 'void', 'refund')),
        amount_minor  bigint NOT NULL CHECK (amount_minor >= 0),
        state         text NOT NULL DEFAULT 'open'
                      CHECK (state IN ('open', 'asked', 'done', 'refused', 'withdrawn')),
        refusal       text,
        decided_at    timestamptz NOT NULL DEFAULT now(),
        ended_at      timestamptz,
        CONSTRAINT refused_has_a_reason CHECK (state <> 'refused' OR refusal IS NOT NULL)
      )`);
    await queryRunner.query('CREATE INDEX settlement_of_payment ON payments.card_settlement (payment_id, position)');
    // A payment is taken at most once and let go at most once, whatever goes wrong in the code.
    await queryRunner.query(`
      CREATE UNIQUE INDEX settlement_ends_once ON payments.card_settlement (payment_id)
        WHERE act IN ('capture', 'void') AND state NOT IN ('refused', 'withdrawn')`);
    await queryRunner.query(`
      CREATE TABLE payments.card (
        token   text COLLATE "C" PRIMARY KEY,
        label   text NOT NULL,
        kept_at timestamptz NOT NULL DEFAULT now()
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE payments.card, payments.card_settlement, payments.card_payment');
    await queryRunner.query('DELETE FROM payments.payment WHERE account_id IS NULL');
    await queryRunner.query('ALTER TABLE payments.payment ALTER COLUMN account_id SET NOT NULL');
    await queryRunner.query(`
      ALTER TABLE payments.payment DROP CONSTRAINT payment_status_known, ADD CONSTRAINT payment_status_check
        CHECK (status IN ('authorised', 'captured', 'voided', 'refunded'))`);
  }
}
