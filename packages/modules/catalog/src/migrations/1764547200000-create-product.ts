import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateProduct1764547200000 implements MigrationInterface {
  readonly phase = 'expand';

  async up(queryRunner: QueryRunner): Promise<void> {
    // Ids are compared byte by byte: pages have one order, whatever the locale of the database.
    await queryRunner.query(`
      CREATE TABLE catalog.product (
        product_id  text COLLATE "C" PRIMARY KEY,
        name        text NOT NULL,
        description text,
        price_minor bigint NOT NULL CHECK (price_minor >= 0),
        currency    text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
        active      boolean NOT NULL DEFAULT true,
        updated_at  timestamptz NOT NULL DEFAULT now()
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE catalog.product');
  }
}
