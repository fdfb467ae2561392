import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';

export class CreateLine1764547200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE orders.line (
        product_id text REFERENCES catalog.product (product_id),
        kind catalog.kind NOT NULL
      )
    `);
    await runner.query(`
      CREATE FUNCTION orders.touch() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        UPDATE catalog.product SET touched = true;
        RETURN new;
      END $$
    `);
    await runner.query('COMMENT ON COLUMN catalog.product.name IS $$x$$');
    await runner.query('GRANT USAGE ON SCHEMA catalog TO PUBLIC');
    await runner.createTable(new Table({ schema: 'catalog', name: 'extra' }));
    await runner.dropTable('catalog.product');
  }

  async down(): Promise<void> {}
}
