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

export class CreateMarket1764547200000 extends CreateTables {
  protected readonly statements = [
    `CREATE TABLE market.sale (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, batch integer NOT NULL, number integer NOT NULL,
      key text NOT NULL, sold_at timestamptz NOT NULL DEFAULT now()
    )`,
  ];
}

export class CreateLedger1764547200000 extends CreateTables {
  protected readonly statements = [
    // Nothing keeps an entry from being made twice but the inbox.
    `CREATE TABLE ledger.entry (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, batch integer NOT NULL, number integer NOT NULL,
      key text NOT NULL, made_at timestamptz NOT NULL DEFAULT now()
    )`,
  ];
}
