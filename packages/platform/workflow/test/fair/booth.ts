import { randomUUID } from 'node:crypto';
import { command, type InputOf, Port, task, z } from '@macrolith/contract';
import { defineModule, LocalModule, Workflows, workflow } from '@macrolith/core';
import { Database, database, type ModuleMigration } from '@macrolith/data';
import { Injectable } from '@nestjs/common';
import type { QueryRunner } from 'typeorm';
import { durableWorkflows } from '../../src/index.js';
import { Bank, Declined } from './bank.js';
import { NoPaper, OutOfStock, Store } from './store.js';

const Wish = z.object({
  sku: z.string(),
  quantity: z.int(),
  account: z.string().default('ada'),
  paper: z.string().default('blue'),
});
const Receipt = z.object({ saleId: z.string(), chargeId: z.string(), at: z.int() });

/** The booth's own steps. */
export abstract class Book extends Port({
  name: 'booth.book',
  version: '0.1.0',
  operations: {
    open: command({ input: Wish, output: z.object({ saleId: z.string() }) }),
    withdraw: command({ input: z.object({ saleId: z.string() }) }),
    close: command({ input: z.object({ saleId: z.string() }), output: z.int() }),
  },
}) {}

/** The module that owns the workflow. */
export abstract class Booth extends Port({
  name: 'booth',
  version: '1.0.0',
  operations: {
    sell: command({ input: Wish, output: Receipt, errors: [OutOfStock, Declined, NoPaper] }),
    shout: task({ input: z.object({ saleId: z.string() }) }),
  },
}) {}

export const sell = workflow('booth.sell', { version: 1, input: Wish, output: Receipt })
  .read('price', Store.op.priceOf, ({ input }) => ({ sku: input.sku }))

  .step('sale', Book.op.open, ({ input }) => input)
  .compensate(Book.op.withdraw, ({ sale }) => sale)

  .step('goods', Store.op.take, ({ input }) => ({ sku: input.sku, quantity: input.quantity }))
  .compensate(Store.op.putBack, ({ goods }) => goods)

  .step('money', Bank.op.charge, ({ input, price }) => ({ account: input.account, amount: price * input.quantity }))
  .compensate(Bank.op.refund, ({ money }) => money)

  .pivot('parcel', Store.op.wrap, ({ goods, input }) => ({ takingId: goods.takingId, paper: input.paper }))
  .retriable('closed', Book.op.close, ({ sale }) => sale)
  .enqueue('news', Booth.op.shout, ({ sale }) => sale)
  .result(({ sale, money, closed }) => ({ saleId: sale.saleId, chargeId: money.chargeId, at: closed }));

class CreateSale1763600000002 implements ModuleMigration {
  readonly phase = 'expand';
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'CREATE TABLE booth.sale (sale_id text PRIMARY KEY, quantity integer NOT NULL, closings integer NOT NULL DEFAULT 0)',
    );
    await queryRunner.query('CREATE TABLE booth.news (sale_id text NOT NULL)');
  }
  async down(): Promise<void> {}
}

@Injectable()
export class BookService implements Book {
  constructor(private readonly database: Database) {}

  async open({ quantity }: InputOf<Book['open']>) {
    const saleId = randomUUID();
    await this.sql('INSERT INTO booth.sale (sale_id, quantity) VALUES ($1, $2)', [saleId, quantity]);
    return { saleId };
  }

  async withdraw({ saleId }: InputOf<Book['withdraw']>) {
    await this.sql('DELETE FROM booth.sale WHERE sale_id = $1', [saleId]);
  }

  async close({ saleId }: InputOf<Book['close']>) {
    const { rows } = await this.sql<{ closings: number }>(
      'UPDATE booth.sale SET closings = closings + 1 WHERE sale_id = $1 RETURNING closings',
      [saleId],
    );
    return rows[0]!.closings;
  }

  private sql<Row extends object>(text: string, values: readonly unknown[]) {
    return this.database.of('booth').query<Row>(text, values);
  }
}

@Injectable()
export class BoothService implements Booth {
  constructor(private readonly workflows: Workflows) {}

  sell(wish: InputOf<Booth['sell']>) {
    return this.workflows.run(sell, wish);
  }

  async shout() {}
}

const booth = defineModule(Booth, { owner: 'team-fair', uses: [Store, Bank] });

@LocalModule(booth, {
  provider: BoothService,
  internal: [[Book, BookService]],
  workflows: [sell],
  features: [database({ migrations: [CreateSale1763600000002] }), durableWorkflows()],
})
export class BoothModule {}
