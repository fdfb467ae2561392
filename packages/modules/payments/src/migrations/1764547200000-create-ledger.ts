import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateLedger1764547200000 implements MigrationInterface {
  readonly phase = 'expand';

  async up(queryRunner: QueryRunner): Promise<void> {
    // Ids are compared byte by byte: pages have one order, whatever the locale of the database.
    await queryRunner.query(`
      CREATE TABLE payments.account (
        account_id    text COLLATE "C" PRIMARY KEY,
        status        text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'closed')),
        currency      text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
        balance_minor bigint NOT NULL DEFAULT 0,
        held_minor    bigint NOT NULL DEFAULT 0,
        limit_minor   bigint CHECK (limit_minor > 0),
        opened_at     timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT never_overspent CHECK (0 <= held_minor AND held_minor <= balance_minor)
      )`);
    await queryRunner.query(`
      CREATE TABLE payments.payment (
        payment_id       uuid PRIMARY KEY,
        order_id         text NOT NULL,
        account_id       text COLLATE "C" NOT NULL REFERENCES payments.account,
        status           text NOT NULL DEFAULT 'authorised'
                         CHECK (status IN ('authorised', 'captured', 'voided', 'refunded')),
        currency         text NOT NULL,
        authorised_minor bigint NOT NULL CHECK (authorised_minor >= 0),
        voided_minor     bigint NOT NULL DEFAULT 0 CHECK (voided_minor BETWEEN 0 AND authorised_minor),
        captured_minor   bigint NOT NULL DEFAULT 0 CHECK (captured_minor BETWEEN 0 AND authorised_minor - voided_minor),
        refunded_minor   bigint NOT NULL DEFAULT 0 CHECK (refunded_minor BETWEEN 0 AND captured_minor),
        created_at       timestamptz NOT NULL DEFAULT now(),
        updated_at       timestamptz NOT NULL DEFAULT now()
      )`);
    await queryRunner.query('CREATE INDEX payment_of_order ON payments.payment (order_id)');
    await queryRunner.query('CREATE INDEX payment_of_account ON payments.payment (account_id, payment_id)');
    await queryRunner.query(`
      CREATE TABLE payments.entry (
        entry_id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        account_id   text COLLATE "C" NOT NULL REFERENCES payments.account,
        kind         text NOT NULL CHECK (kind IN ('deposit', 'capture', 'refund')),
        amount_minor bigint NOT NULL CHECK (CASE kind WHEN 'capture' THEN amount_minor < 0 ELSE amount_minor > 0 END),
        reference    text NOT NULL,
        booked_at    timestamptz NOT NULL DEFAULT now()
      )`);
    await queryRunner.query('CREATE INDEX entry_of_account ON payments.entry (account_id, entry_id)');
    await queryRunner.query(`
      CREATE UNIQUE INDEX entry_deposit_once ON payments.entry (account_id, reference) WHERE kind = 'deposit'`);
    await this.makeLedgerAppendOnly(queryRunner);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE payments.entry, payments.payment, payments.account');
    await queryRunner.query('DROP FUNCTION payments.refuse_change_of_ledger');
  }

  private async makeLedgerAppendOnly(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE FUNCTION payments.refuse_change_of_ledger() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'payments.entry is a ledger: correct it with a further entry, not by %.', TG_OP;
      END $$`);
    await queryRunner.query(`
      CREATE TRIGGER entry_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON payments.entry
        FOR EACH STATEMENT EXECUTE FUNCTION payments.refuse_change_of_ledger()`);
  }
}
