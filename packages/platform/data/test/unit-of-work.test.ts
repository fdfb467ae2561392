import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { currentContext, runInContext } from '@macrolith/core';
import type { Repository } from 'typeorm';
import { detach, IsolationMismatch, UnitOfWorkEnded, UnitOfWorkFailed } from '../src/index.js';
import { openShop, type Shop } from './shop/shop.js';
import { Order, Stock } from './shop/tables.js';

const RELATION_MISSING = '42P01';
const TRANSACTION_ABORTED = '25P02';

describe('A unit of work', () => {
  let shop: Shop;
  let orders: Repository<Order>;
  let stock: Repository<Stock>;
  beforeAll(async () => {
    shop = await openShop({ poolSize: 6 });
    orders = shop.orders.getRepository(Order);
    stock = shop.stock.getRepository(Stock);
  });
  afterAll(() => shop.close());
  beforeEach(() => shop.outside.query('TRUNCATE orders.orders'));

  const run = <T>(work: () => Promise<T>) => shop.unitOfWork.run(work);
  const place = (customer: string) => orders.insert({ customer });
  const fail = () => shop.orders.query('SELECT * FROM orders.nothing');
  const caught = (work: Promise<unknown>) => work.catch((error: unknown) => error);

  describe('as a whole', () => {
    test('commits what several modules did', async () => {
      await run(async () => {
        await place('ada');
        await stock.update({ productId: 'teapot' }, { available: 9 });
      });
      expect(await shop.countOrders('ada')).toBe(1);
      expect(await stock.findOneByOrFail({ productId: 'teapot' })).toMatchObject({ available: 9 });
    });

    test('rolls all of it back when the work throws, and throws the same error', async () => {
      const reason = new Error('changed my mind');
      const work = run(async () => {
        await place('ada');
        await stock.update({ productId: 'kettle' }, { available: 0 });
        throw reason;
      });
      await expect(work).rejects.toBe(reason);
      expect(await shop.countOrders('ada')).toBe(0);
      expect(await stock.findOneByOrFail({ productId: 'kettle' })).toMatchObject({ available: 5 });
    });

    test('shows nothing to others before it commits', async () => {
      await run(async () => {
        await place('ada');
        expect(await shop.countOrders('ada')).toBe(0);
      });
      expect(await shop.countOrders('ada')).toBe(1);
    });

    test('answers what the work answers', async () => {
      await expect(run(async () => 42)).resolves.toBe(42);
    });

    test('takes no connection when it sends no statement', async () => {
      const before = shop.database.statistics;
      await run(() => run(async () => {}));
      expect(shop.database.statistics).toEqual(before);
    });

    test('keeps the rest of the call’s context', async () => {
      const principal = { id: 'ada' };
      await runInContext({ principal }, () => run(async () => expect(currentContext().principal).toBe(principal)));
    });

    test('leaves no transaction behind in the caller’s context', async () => {
      await run(async () => void (await place('ada')));
      expect(currentContext().transaction).toBeUndefined();
    });
  });

  describe('with a nested one', () => {
    test('keeps both when both succeed', async () => {
      await run(async () => {
        await place('outer');
        await run(() => place('inner'));
      });
      expect(await shop.countOrders('outer')).toBe(1);
      expect(await shop.countOrders('inner')).toBe(1);
    });

    test('undoes only the nested one when its error is caught', async () => {
      await run(async () => {
        await place('before');
        await caught(
          run(async () => {
            await place('inner');
            throw new Error('no');
          }),
        );
        await place('after');
      });
      expect(await shop.countOrders('before')).toBe(1);
      expect(await shop.countOrders('inner')).toBe(0);
      expect(await shop.countOrders('after')).toBe(1);
    });

    test('undoes it although nothing comes after it but COMMIT', async () => {
      await run(async () => {
        await place('before');
        await caught(
          run(async () => {
            await place('inner');
            throw new Error('no');
          }),
        );
      });
      expect(await shop.countOrders('before')).toBe(1);
      expect(await shop.countOrders('inner')).toBe(0);
    });

    test('undoes what a kept one inside an undone one did', async () => {
      await run(async () => {
        await caught(
          run(async () => {
            await run(() => place('innermost'));
            throw new Error('no');
          }),
        );
      });
      expect(await shop.countOrders('innermost')).toBe(0);
    });

    test('recovers from a failed statement in it', async () => {
      await run(async () => {
        await place('before');
        await expect(run(fail)).rejects.toMatchObject({ driverError: { code: RELATION_MISSING } });
        await place('after');
      });
      expect(await shop.countOrders('after')).toBe(1);
    });

    test('recovers at the scope that catches, however deep the statement failed', async () => {
      await run(async () => {
        await place('outer');
        await caught(run(() => run(() => run(fail))));
        await place('outer');
      });
      expect(await shop.countOrders('outer')).toBe(2);
    });
  });

  describe('with work side by side', () => {
    test('runs statements of two modules together in one transaction', async () => {
      await run(async () => {
        const ids = await Promise.all([
          shop.orders.query('SELECT pg_current_xact_id()::text AS id, current_user::text AS role'),
          shop.stock.query('SELECT pg_current_xact_id()::text AS id, current_user::text AS role'),
          shop.orders.query('SELECT pg_current_xact_id()::text AS id, current_user::text AS role'),
        ]);
        expect(new Set(ids.map(([row]) => row.id)).size).toBe(1);
        expect(ids.map(([row]) => row.role.split('_').at(-1))).toEqual(['orders', 'stock', 'orders']);
      });
    });

    test('lets sibling commands take turns, and undoes only the one that fails', async () => {
      for (let round = 0; round < 20; round += 1) {
        await shop.outside.query('TRUNCATE orders.orders');
        await run(async () => {
          const outcomes = await Promise.allSettled([
            run(async () => {
              await place('failing');
              await stock.findOneBy({ productId: 'teapot' });
              throw new Error('no');
            }),
            run(async () => {
              await stock.findOneBy({ productId: 'teapot' });
              await place('kept');
            }),
            place('caller'),
          ]);
          expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
        });
        expect(await shop.countOrders('failing')).toBe(0);
        expect(await shop.countOrders('kept')).toBe(1);
        expect(await shop.countOrders('caller')).toBe(1);
      }
    });

    test('lets statements of the caller wait while one of its commands is open', async () => {
      const order: string[] = [];
      await run(async () => {
        let release = () => {};
        const hold = new Promise<void>((resolve) => {
          release = resolve;
        });
        const command = run(async () => {
          await place('inner');
          await hold;
          order.push('command');
        });
        const statement = place('outer').then(() => order.push('statement'));
        setTimeout(release, 20);
        await Promise.all([command, statement]);
      });
      expect(order).toEqual(['command', 'statement']);
    });

    test('keeps units of different callers apart', async () => {
      await Promise.all(
        Array.from({ length: 30 }, (_, caller) =>
          caught(
            run(async () => {
              await place(`caller ${caller}`);
              if (caller % 2 === 1) throw new Error('odd ones change their mind');
            }),
          ),
        ),
      );
      const { rows } = await shop.outside.query('SELECT count(*)::int AS n FROM orders.orders');
      expect(rows[0].n).toBe(15);
    });
  });

  describe('whose statement failed', () => {
    test('does not commit when the error was swallowed, and says which it was', async () => {
      const error = await caught(
        run(async () => {
          await place('ada');
          await caught(fail());
        }),
      );
      expect(error).toBeInstanceOf(UnitOfWorkFailed);
      expect(error).toMatchObject({ cause: { code: RELATION_MISSING } });
      expect(await shop.countOrders('ada')).toBe(0);
    });

    test('gives later statements the first error as cause', async () => {
      const error = await caught(
        run(async () => {
          await caught(fail());
          await place('ada');
        }),
      );
      expect(error).toMatchObject({ driverError: { code: TRANSACTION_ABORTED, cause: { code: RELATION_MISSING } } });
    });

    test('undoes a command that swallowed an error, tells its caller, and leaves the rest usable', async () => {
      await run(async () => {
        await place('before');
        const error = await caught(
          run(async () => {
            await place('inner');
            await caught(fail());
          }),
        );
        expect(error).toBeInstanceOf(UnitOfWorkFailed);
        await place('after');
      });
      expect(await shop.countOrders('inner')).toBe(0);
      expect(await shop.countOrders('before')).toBe(1);
      expect(await shop.countOrders('after')).toBe(1);
    });

    test('is not saved by a command that was caught after the caller’s own statement had failed', async () => {
      const error = await caught(
        run(async () => {
          const failing = caught(fail());
          await caught(run(() => place('inner')));
          await failing;
          expect(await caught(place('after'))).toMatchObject({ driverError: { code: TRANSACTION_ABORTED } });
        }),
      );
      expect(error).toBeInstanceOf(UnitOfWorkFailed);
      expect(await shop.countOrders('inner')).toBe(0);
    });

    test('uses statements again whose first use fell into the failed transaction', async () => {
      for (let round = 0; round < 6; round += 1) {
        await caught(
          run(async () => {
            await Promise.allSettled([fail(), orders.findBy({ status: `round ${round}` }), orders.count()]);
          }),
        );
        await expect(orders.findBy({ status: 'nothing like it' })).resolves.toEqual([]);
      }
    });
  });

  describe('that something outlives', () => {
    test('refuses the statement, naming module and statement', async () => {
      let late: Promise<unknown> = Promise.resolve();
      await run(async () => {
        await orders.count();
        late = caught(new Promise((resolve) => setTimeout(resolve, 20)).then(() => place('late')));
      });
      const error = await late;
      expect(error).toMatchObject({ driverError: { module: 'orders', code: 'macrolith.unit-of-work-ended' } });
      expect((error as Error).message).toMatch(/module 'orders'.*INSERT INTO "orders"."orders"/s);
      expect(await shop.countOrders('late')).toBe(0);
    });

    test('has un-awaited statements in it or refuses them, and never runs them elsewhere', async () => {
      for (let round = 0; round < 60; round += 1) {
        await shop.outside.query('TRUNCATE orders.orders');
        let late: Promise<string> = Promise.resolve('');
        const unit = run(async () => {
          if (round % 2 === 1) await orders.count();
          late = place('stray').then(
            () => 'in',
            () => 'refused',
          );
          for (let turn = 0; turn < round % 12; turn += 1) await null;
        });
        await unit;
        expect(await shop.countOrders('stray')).toBe((await late) === 'in' ? 1 : 0);
      }
    });

    test('waits for commands that were begun and not awaited', async () => {
      await run(async () => {
        void run(async () => {
          await place('first');
          await new Promise((resolve) => setTimeout(resolve, 10));
          await place('second');
        });
      });
      expect(await shop.countOrders('first')).toBe(1);
      expect(await shop.countOrders('second')).toBe(1);
    });

    test('tells commands that it rolled back under them', async () => {
      let orphan: Promise<unknown> = Promise.resolve();
      await caught(
        run(async () => {
          orphan = caught(
            run(async () => {
              await place('orphan');
              await new Promise((resolve) => setTimeout(resolve, 30));
            }),
          );
          await new Promise((resolve) => setTimeout(resolve, 10));
          throw new Error('no');
        }),
      );
      expect(await orphan).toBeInstanceOf(UnitOfWorkEnded);
      expect(await shop.countOrders('orphan')).toBe(0);
    });

    test('refuses a nested unit of work after its end', async () => {
      let late: Promise<unknown> = Promise.resolve();
      await run(async () => {
        late = new Promise((resolve) => setTimeout(resolve, 20)).then(() => caught(run(() => place('late'))));
      });
      expect(await late).toBeInstanceOf(UnitOfWorkEnded);
    });

    test('lets detached work commit on its own', async () => {
      await caught(
        run(async () => {
          await place('undone');
          await detach(() => place('kept'));
          throw new Error('no');
        }),
      );
      expect(await shop.countOrders('undone')).toBe(0);
      expect(await shop.countOrders('kept')).toBe(1);
    });
  });

  describe('of an isolation level', () => {
    const level = async () => (await shop.orders.query('SHOW transaction_isolation'))[0].transaction_isolation;

    test('runs at it', async () => {
      await expect(shop.unitOfWork.run(level, { isolation: 'SERIALIZABLE' })).resolves.toBe('serializable');
      await expect(shop.unitOfWork.run(level)).resolves.toBe('read committed');
    });

    test('is joined at the same level', async () => {
      const joined = shop.unitOfWork.run(() => shop.unitOfWork.run(level, { isolation: 'REPEATABLE READ' }), {
        isolation: 'REPEATABLE READ',
      });
      await expect(joined).resolves.toBe('repeatable read');
    });

    test('refuses to be joined at another, and says where to ask for it', async () => {
      const error = await caught(run(() => shop.unitOfWork.run(level, { isolation: 'SERIALIZABLE' })));
      expect(error).toBeInstanceOf(IsolationMismatch);
      expect(error).toMatchObject({ running: 'READ COMMITTED', wanted: 'SERIALIZABLE' });
    });
  });
});
