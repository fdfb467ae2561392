import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddFulfilment1795667251300 implements MigrationInterface {
  readonly phase = 'expand';

  /** A constant default is written to no row, and processes of the version before go on inserting without the column. */
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE orders.order_header
        ADD COLUMN fulfilment text NOT NULL DEFAULT 'manual' CHECK (fulfilment IN ('manual', 'automatic'))`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE orders.order_header DROP COLUMN fulfilment');
  }
}
