import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn, type QueryRunner } from 'typeorm';
import type { ModuleMigration } from '../../src/index.js';
import type { MigrationStep } from '../../src/migration/migration-step.js';

@Entity({ name: 'orders' })
export class Order {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('text')
  customer!: string;

  @Column('text', { default: 'placed' })
  status!: string;
}

@Entity({ name: 'stock' })
export class Stock {
  @PrimaryColumn('text', { name: 'product_id' })
  productId!: string;

  @Column('int')
  available!: number;
}

export class CreateOrders1763600000000 implements ModuleMigration {
  readonly phase = 'expand';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `CREATE TABLE orders.orders (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), customer text NOT NULL, status text NOT NULL DEFAULT 'placed')`,
    );
  }

  async down(): Promise<void> {}
}

export class CreateStock1763600000000 implements ModuleMigration {
  readonly phase = 'expand';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'CREATE TABLE stock.stock (product_id text PRIMARY KEY, available integer NOT NULL CHECK (available >= 0))',
    );
    await queryRunner.query(`INSERT INTO stock.stock VALUES ('teapot', 10), ('kettle', 5)`);
  }

  async down(): Promise<void> {}
}

export { CreateOrders1763600000000 as CreateOrders, CreateStock1763600000000 as CreateStock };

/** A migration that takes its time, with a table before and one after the wait. */
export function slowly(module: string, seconds: number): MigrationStep {
  return {
    module,
    name: 'Slowly1763600000009',
    timestamp: 1763600000009,
    phase: 'expand',
    inTransaction: true,
    up: async (queryRunner) => {
      await queryRunner.query(`CREATE TABLE ${module}.before (id integer)`);
      await queryRunner.query('SELECT pg_sleep($1)', [seconds]);
      await queryRunner.query(`CREATE TABLE ${module}.after (id integer)`);
    },
  };
}
