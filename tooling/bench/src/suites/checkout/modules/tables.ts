import type { ModuleMigration } from '@macrolith/data';
import type { QueryRunner } from 'typeorm';

/** A migration that makes tables once; a benchmark's database is dropped, never migrated back. */
abstract class CreateTables implements ModuleMigration {
  readonly phase = 'expand';
  protected abstract readonly statements: readonly string[];

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of this.statements) await queryRunner.query(statement);
  }

  async down(): Promise<void> {}
}

export class CreateCatalog1764547200000 extends CreateTables {
  protected readonly statements = [
    'CREATE TABLE catalog.product (product_id int PRIMARY KEY, name text NOT NULL, price_cents int NOT NULL)',
  ];
}

export class CreateInventory1764547200000 extends CreateTables {
  protected readonly statements = [
    // Half empty pages let an update stay on its page, as in any table that is updated much.
    'CREATE TABLE inventory.stock (product_id int PRIMARY KEY, available int NOT NULL CHECK (available >= 0)) WITH (fillfactor = 50)',
  ];
}

export class CreatePayments1764547200000 extends CreateTables {
  protected readonly statements = [
    `CREATE TABLE payments.payment (
      payment_id uuid PRIMARY KEY, order_id uuid NOT NULL, amount_cents int NOT NULL, status text NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now()
    )`,
  ];
}

export class CreateOrders1764547200000 extends CreateTables {
  protected readonly statements = [
    `CREATE TABLE orders.order_header (
      order_id uuid PRIMARY KEY, customer text NOT NULL, total_cents int NOT NULL, status text NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now()
    )`,
    `CREATE TABLE orders.order_line (
      order_id uuid NOT NULL REFERENCES orders.order_header, line_number int NOT NULL, product_id int NOT NULL,
      quantity int NOT NULL, price_cents int NOT NULL, PRIMARY KEY (order_id, line_number)
    )`,
    `CREATE TABLE orders.news (
      news_id uuid PRIMARY KEY, type text NOT NULL, order_id uuid NOT NULL, payload jsonb NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now()
    )`,
  ];
}
