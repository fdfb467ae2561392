import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateSales1795651200000 implements MigrationInterface {
  readonly phase = 'expand';

  async up(queryRunner: QueryRunner): Promise<void> {
    // Ids are compared byte by byte: rows are locked in one order, whatever the locale of the database.
    await queryRunner.query(`
      CREATE TABLE analytics.sale (
        generation       integer NOT NULL,
        day              date NOT NULL,
        product_id       text COLLATE "C" NOT NULL,
        country          text COLLATE "C" NOT NULL,
        currency         text COLLATE "C" NOT NULL,
        pieces           bigint NOT NULL,
        amount_minor     bigint NOT NULL,
        cancelled_pieces bigint NOT NULL,
        cancelled_minor  bigint NOT NULL,
        name             text,
        named_at         timestamptz,
        PRIMARY KEY (generation, day, product_id, country, currency)
      )`);
    await queryRunner.query(`
      CREATE TABLE analytics.order_step (
        generation    integer NOT NULL,
        day           date NOT NULL,
        country       text COLLATE "C" NOT NULL,
        placed        bigint NOT NULL,
        fulfilled     bigint NOT NULL,
        cancelled     bigint NOT NULL,
        returned      bigint NOT NULL,
        last_event_at timestamptz NOT NULL,
        PRIMARY KEY (generation, day, country)
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE analytics.order_step, analytics.sale');
  }
}
