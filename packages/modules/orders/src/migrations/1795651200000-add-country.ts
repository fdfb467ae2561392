import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddCountry1795651200000 implements MigrationInterface {
  readonly phase = 'expand';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE orders.order_header ADD COLUMN country text');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE orders.order_header DROP COLUMN country');
  }
}
