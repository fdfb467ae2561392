import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';

export class CreateLine1764547200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE orders.line (order_id uuid, quantity integer NOT NULL)');
    await runner.query(`
      CREATE FUNCTION orders.touch() RETURNS trigger LANGUAGE plpgsql SET search_path = orders, pg_temp AS $$
      DECLARE line orders.line;
      BEGIN
        line.quantity := (SELECT max(quantity) FROM orders.line);
        RETURN new;
      END $$
    `);
    await runner.createTable(new Table({ schema: 'orders', name: 'extra' }));
  }

  async down(): Promise<void> {}
}
