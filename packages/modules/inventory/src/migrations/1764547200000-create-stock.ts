import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateStock1764547200000 implements MigrationInterface {
  readonly phase = 'expand';

  async up(queryRunner: QueryRunner): Promise<void> {
    // Ids are compared byte by byte: pages and locks have one order, whatever the locale of the database.
    await queryRunner.query(`
      CREATE TABLE inventory.stock (
        product_id text COLLATE "C" PRIMARY KEY,
        available  bigint NOT NULL CHECK (available >= 0),
        reserved   bigint NOT NULL CHECK (reserved >= 0)
      )`);
    await queryRunner.query(`
      CREATE TABLE inventory.movement (
        movement_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        product_id  text COLLATE "C" NOT NULL,
        kind        text NOT NULL CHECK (kind IN ('received', 'reserved', 'released', 'committed')),
        quantity    integer NOT NULL CHECK (quantity > 0),
        reference   text NOT NULL,
        moved_at    timestamptz NOT NULL DEFAULT now()
      )`);
    await queryRunner.query(`
      CREATE UNIQUE INDEX movement_receipt_once ON inventory.movement (reference) WHERE kind = 'received'`);
    await queryRunner.query(`
      CREATE TABLE inventory.reservation (
        reservation_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        order_id       text NOT NULL UNIQUE,
        status         text NOT NULL DEFAULT 'held' CHECK (status IN ('held', 'committed', 'released')),
        reserved_at    timestamptz NOT NULL DEFAULT now()
      )`);
    await queryRunner.query(`
      CREATE TABLE inventory.reservation_line (
        reservation_id uuid NOT NULL REFERENCES inventory.reservation,
        product_id     text COLLATE "C" NOT NULL,
        quantity       integer NOT NULL CHECK (quantity > 0),
        held           integer NOT NULL CHECK (held BETWEEN 0 AND quantity),
        PRIMARY KEY (reservation_id, product_id)
      )`);
    await this.makeLedgerAppendOnly(queryRunner);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'DROP TABLE inventory.reservation_line, inventory.reservation, inventory.movement, inventory.stock',
    );
    await queryRunner.query('DROP FUNCTION inventory.refuse_change_of_ledger');
  }

  private async makeLedgerAppendOnly(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE FUNCTION inventory.refuse_change_of_ledger() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'inventory.movement is a ledger: correct it with a further entry, not by %.', TG_OP;
      END $$`);
    await queryRunner.query(`
      CREATE TRIGGER movement_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON inventory.movement
        FOR EACH STATEMENT EXECUTE FUNCTION inventory.refuse_change_of_ledger()`);
  }
}
