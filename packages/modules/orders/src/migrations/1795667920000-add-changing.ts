import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddChanging1795667920000 implements MigrationInterface {
  readonly phase = 'expand';

  /** A constant default is written to no row, and processes of the version before go on inserting without the column. */
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE orders.order_header ADD COLUMN changing boolean NOT NULL DEFAULT false');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE orders.order_header DROP COLUMN changing');
  }
}
