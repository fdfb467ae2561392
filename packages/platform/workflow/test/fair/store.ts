import { randomUUID } from 'node:crypto';
import { command, defineError, type InputOf, Port, query, z } from '@macrolith/contract';
import { defineModule, LocalModule } from '@macrolith/core';
import { Database, database, type ModuleMigration } from '@macrolith/data';
import { Injectable } from '@nestjs/common';
import type { QueryRunner } from 'typeorm';

export class OutOfStock extends defineError(
  'store.out-of-stock',
  { sku: z.string(), left: z.int() },
  (e) => `Only ${e.left} of ${e.sku} are left.`,
  { kind: 'conflict' },
) {}
export class NoPaper extends defineError('store.no-paper', { takingId: z.string() }, () => 'No paper is left.') {}

/** Another module, with tables of its own. None of its commands may be done twice. */
export abstract class Store extends Port({
  name: 'store',
  version: '1.0.0',
  operations: {
    priceOf: query({ input: z.object({ sku: z.string() }), output: z.int() }),
    take: command({
      input: z.object({ sku: z.string(), quantity: z.int() }),
      output: z.object({ takingId: z.string() }),
      errors: [OutOfStock],
    }),
    putBack: command({ input: z.object({ takingId: z.string() }) }),
    wrap: command({ input: z.object({ takingId: z.string(), paper: z.string() }), errors: [NoPaper] }),
  },
}) {}

class CreateShelf1763600000001 implements ModuleMigration {
  readonly phase = 'expand';
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('CREATE TABLE store.shelf (sku text PRIMARY KEY, quantity integer NOT NULL)');
    await queryRunner.query(
      'CREATE TABLE store.taking (taking_id text PRIMARY KEY, sku text NOT NULL, quantity integer NOT NULL, wraps integer NOT NULL DEFAULT 0)',
    );
    await queryRunner.query(`INSERT INTO store.shelf (sku, quantity) VALUES ('lamp', 1000)`);
  }
  async down(): Promise<void> {}
}

@Injectable()
export class StoreService implements Store {
  constructor(private readonly database: Database) {}

  async priceOf() {
    return 5;
  }

  async take({ sku, quantity }: InputOf<Store['take']>) {
    const { rows } = await this.sql<{ quantity: number }>(
      'UPDATE store.shelf SET quantity = quantity - $2 WHERE sku = $1 AND quantity >= $2 RETURNING quantity',
      [sku, quantity],
    );
    if (rows.length === 0) throw new OutOfStock({ sku, left: 0 });
    const takingId = randomUUID();
    await this.sql('INSERT INTO store.taking (taking_id, sku, quantity) VALUES ($1, $2, $3)', [
      takingId,
      sku,
      quantity,
    ]);
    return { takingId };
  }

  async putBack({ takingId }: InputOf<Store['putBack']>) {
    const { rows } = await this.sql<{ sku: string; quantity: number }>(
      'DELETE FROM store.taking WHERE taking_id = $1 RETURNING sku, quantity',
      [takingId],
    );
    const [{ sku, quantity } = { sku: '', quantity: 0 }] = rows;
    await this.sql('UPDATE store.shelf SET quantity = quantity + $2 WHERE sku = $1', [sku, quantity]);
  }

  async wrap({ takingId, paper }: InputOf<Store['wrap']>) {
    if (paper === 'none') throw new NoPaper({ takingId });
    await this.sql('UPDATE store.taking SET wraps = wraps + 1 WHERE taking_id = $1', [takingId]);
  }

  private sql<Row extends object>(text: string, values: readonly unknown[]) {
    return this.database.of('store').query<Row>(text, values);
  }
}

const store = defineModule(Store, { owner: 'team-store' });

@LocalModule(store, { provider: StoreService, features: [database({ migrations: [CreateShelf1763600000001] })] })
export class StoreModule {}
