import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateOrder1764547200000 implements MigrationInterface {
  readonly phase = 'expand';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE orders.order_header (
        order_id        uuid PRIMARY KEY,
        reference       text UNIQUE,
        customer_id     text NOT NULL,
        account_id      text NOT NULL,
        email           text,
        status          text NOT NULL DEFAULT 'pending'
                        CHECK (status IN ('pending', 'placed', 'fulfilled', 'cancelled')),
        currency        text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
        total_minor     bigint NOT NULL CHECK (total_minor >= 0),
        cancelled_minor bigint NOT NULL DEFAULT 0 CHECK (cancelled_minor BETWEEN 0 AND total_minor),
        payment_id      uuid,
        reservation_id  uuid,
        placed_at       timestamptz NOT NULL,
        fulfilled_at    timestamptz,
        CONSTRAINT confirmed_has_payment_and_stock
          CHECK (status = 'pending' OR (payment_id IS NOT NULL AND reservation_id IS NOT NULL))
      )`);
    await queryRunner.query('CREATE INDEX order_of_customer ON orders.order_header (customer_id, order_id)');
    await queryRunner.query('CREATE INDEX order_in_status ON orders.order_header (status, order_id)');
    await queryRunner.query(`
      CREATE TABLE orders.order_line (
        order_id         uuid NOT NULL REFERENCES orders.order_header ON DELETE CASCADE,
        line_number      integer NOT NULL,
        product_id       text NOT NULL,
        name             text NOT NULL,
        quantity         integer NOT NULL CHECK (quantity > 0),
        cancelled        integer NOT NULL DEFAULT 0 CHECK (cancelled BETWEEN 0 AND quantity),
        unit_price_minor bigint NOT NULL CHECK (unit_price_minor >= 0),
        PRIMARY KEY (order_id, line_number),
        UNIQUE (order_id, product_id)
      )`);
    await queryRunner.query(`
      CREATE TABLE orders.cancellation (
        order_id     uuid NOT NULL REFERENCES orders.order_header ON DELETE CASCADE,
        number       integer NOT NULL CHECK (number > 0),
        lines        jsonb NOT NULL,
        amount_minor bigint NOT NULL CHECK (amount_minor >= 0),
        reason       text,
        cancelled_at timestamptz NOT NULL,
        PRIMARY KEY (order_id, number)
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE orders.cancellation, orders.order_line, orders.order_header');
  }
}
