import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Collector, currentContext, type Transaction } from '@macrolith/core';
import type { PipelinedCollector } from '../src/index.js';
import { openShop, type Shop } from './shop/shop.js';

describe('What a unit of work collects', () => {
  let shop: Shop;
  let flushed: string[][];
  beforeAll(async () => {
    shop = await openShop({ poolSize: 2 });
  });
  afterAll(() => shop.close());
  beforeEach(async () => {
    flushed = [];
    await shop.outside.query('TRUNCATE orders.orders');
  });

  const run = <T>(work: () => Promise<T>) => shop.unitOfWork.run(work);
  const transaction = (): Transaction => currentContext().transaction!;
  const place = (customer: string) =>
    shop.database.of('orders').query('INSERT INTO orders.orders (customer) VALUES ($1)', [customer]);
  const caught = (work: Promise<unknown>) => work.catch((error: unknown) => error);
  const collector: Collector<string> = {
    flush: async (items) => {
      flushed.push([...items]);
      await place(items.join('+'));
    },
  };

  test('is written once, in the order in which it was collected, inside the transaction', async () => {
    await run(async () => {
      transaction().collect(collector, 'a');
      await run(async () => transaction().collect(collector, 'b'));
      transaction().collect(collector, 'c');
      expect(flushed).toEqual([]);
    });
    expect(flushed).toEqual([['a', 'b', 'c']]);
    expect(await shop.countOrders('a+b+c')).toBe(1);
  });

  test('is dropped with the savepoint in which it was collected', async () => {
    await run(async () => {
      transaction().collect(collector, 'kept');
      await caught(
        run(async () => {
          transaction().collect(collector, 'dropped');
          await run(async () => transaction().collect(collector, 'dropped too'));
          throw new Error('no');
        }),
      );
    });
    expect(flushed).toEqual([['kept']]);
  });

  test('is not written when the unit of work rolls back', async () => {
    await caught(
      run(async () => {
        transaction().collect(collector, 'a');
        throw new Error('no');
      }),
    );
    expect(flushed).toEqual([]);
  });

  test('is written by each collector for itself', async () => {
    const other: Collector<string> = { flush: async (items) => void flushed.push(['other', ...items]) };
    await run(async () => {
      transaction().collect(collector, 'a');
      transaction().collect(other, 'b');
      transaction().collect(collector, 'c');
    });
    expect(flushed).toEqual([
      ['a', 'c'],
      ['other', 'b'],
    ]);
  });

  test('rolls everything back when it cannot be written', async () => {
    const broken: Collector<string> = { flush: () => Promise.reject(new Error('the outbox is full')) };
    const work = run(async () => {
      await place('ada');
      transaction().collect(broken, 'a');
    });
    await expect(work).rejects.toThrow('the outbox is full');
    expect(await shop.countOrders('ada')).toBe(0);
  });

  test('rolls everything back when its statement fails although COMMIT is already on its way', async () => {
    const broken: PipelinedCollector<string> = {
      sendsAtOnce: true,
      flush: async () => void (await shop.database.of('orders').query('INSERT INTO orders.nothing VALUES (1)')),
    };
    const after: string[] = [];
    const work = run(async () => {
      await place('ada');
      transaction().collect(broken, 'a');
      transaction().afterCommit(() => after.push('committed'));
    });
    await expect(work).rejects.toMatchObject({ code: '42P01' });
    expect(await shop.countOrders('ada')).toBe(0);
    expect(after).toEqual([]);
    await expect(place('next')).resolves.toMatchObject({ rowCount: 1 });
  });

  test('runs work after the commit, only after it, and outside of the transaction', async () => {
    const seen: unknown[] = [];
    await run(async () => {
      await place('ada');
      transaction().afterCommit(() => seen.push(currentContext().transaction));
      await caught(
        run(async () => {
          transaction().afterCommit(() => seen.push('of an undone command'));
          throw new Error('no');
        }),
      );
      expect(seen).toEqual([]);
    });
    expect(seen).toEqual([undefined]);
  });

  test('refuses items of work that outlived its scope', async () => {
    let ended: Transaction | undefined;
    await run(async () => {
      ended = transaction();
    });
    expect(() => ended!.collect(collector, 'late')).toThrow('ended');
    expect(() => ended!.afterCommit(() => {})).toThrow('ended');
  });
});
