import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Repository } from 'typeorm';
import { HandMadeTransaction, IsolationMismatch } from '../src/index.js';
import { openShop, type Shop } from './shop/shop.js';
import { Order, Stock } from './shop/tables.js';

describe('A module’s data source', () => {
  let shop: Shop;
  let orders: Repository<Order>;
  beforeAll(async () => {
    shop = await openShop({ poolSize: 4 });
    orders = shop.orders.getRepository(Order);
  });
  afterAll(() => shop.close());
  beforeEach(() => shop.outside.query('TRUNCATE orders.orders'));

  const caught = (work: Promise<unknown>) => work.catch((error: unknown) => error);

  describe('inside a unit of work', () => {
    test('joins it with save, remove and locking reads', async () => {
      await shop.unitOfWork.run(async () => {
        const order = await orders.save({ customer: 'ada' });
        const locked = await orders.findOneOrFail({ where: { id: order.id }, lock: { mode: 'pessimistic_write' } });
        locked.status = 'paid';
        await orders.save(locked);
        await Promise.all([orders.save({ customer: 'ada' }), orders.save({ customer: 'ada' })]);
        await orders.remove(await orders.findOneByOrFail({ id: order.id }));
        expect(await shop.countOrders('ada')).toBe(0);
      });
      expect(await shop.countOrders('ada')).toBe(2);
    });

    test('makes transaction() a savepoint that injected repositories join', async () => {
      await shop.unitOfWork.run(async () => {
        await orders.insert({ customer: 'outer' });
        await caught(
          shop.orders.transaction(async (manager) => {
            await manager.insert(Order, { customer: 'by manager' });
            await orders.insert({ customer: 'by repository' });
            throw new Error('no');
          }),
        );
      });
      expect(await shop.countOrders('outer')).toBe(1);
      expect(await shop.countOrders('by manager')).toBe(0);
      expect(await shop.countOrders('by repository')).toBe(0);
    });

    test('nests the transactions of managers', async () => {
      await shop.unitOfWork.run(() =>
        orders.manager.transaction(async (outer) => {
          await outer.insert(Order, { customer: 'outer' });
          await caught(
            outer.transaction(async (inner) => {
              await inner.insert(Order, { customer: 'inner' });
              throw new Error('no');
            }),
          );
        }),
      );
      expect(await shop.countOrders('outer')).toBe(1);
      expect(await shop.countOrders('inner')).toBe(0);
    });

    test('sends a manager’s statements to the scope that it is used in', async () => {
      await shop.orders.transaction(async (manager) => {
        await caught(
          shop.unitOfWork.run(async () => {
            await manager.insert(Order, { customer: 'nested' });
            throw new Error('no');
          }),
        );
        await manager.insert(Order, { customer: 'kept' });
      });
      expect(await shop.countOrders('nested')).toBe(0);
      expect(await shop.countOrders('kept')).toBe(1);
    });

    test('keeps a manager with its unit of work, also in code that lost the context', async () => {
      const { context } = await import('@macrolith/core');
      await caught(
        shop.orders.transaction(async (manager) => {
          await context.exit(() => manager.insert(Order, { customer: 'ada' }));
          throw new Error('no');
        }),
      );
      expect(await shop.countOrders('ada')).toBe(0);
    });

    test('refuses a hand-made transaction, which would wait for itself', async () => {
      await shop.unitOfWork.run(async () => {
        const queryRunner = shop.orders.createQueryRunner();
        const error = await caught(queryRunner.startTransaction());
        expect((error as { driverError: unknown }).driverError).toBeInstanceOf(HandMadeTransaction);
        await queryRunner.release();
      });
    });

    test('refuses another isolation level', async () => {
      const error = await caught(
        shop.unitOfWork.run(() => shop.orders.transaction('SERIALIZABLE', async () => undefined)),
      );
      expect(error).toBeInstanceOf(IsolationMismatch);
    });
  });

  describe('outside of any', () => {
    test('starts a unit of work with transaction(), which repositories of other modules join', async () => {
      await caught(
        shop.orders.transaction(async (manager) => {
          await manager.insert(Order, { customer: 'ada' });
          await shop.stock.getRepository(Stock).update({ productId: 'teapot' }, { available: 1 });
          throw new Error('no');
        }),
      );
      expect(await shop.countOrders('ada')).toBe(0);
      expect(await shop.stock.getRepository(Stock).findOneByOrFail({ productId: 'teapot' })).toMatchObject({
        available: 10,
      });
    });

    test('saves several entities in one transaction', async () => {
      const broken = orders.save([{ customer: 'ada' }, { customer: null as unknown as string }]);
      await expect(broken).rejects.toMatchObject({ driverError: { code: '23502' } });
      expect(await shop.countOrders('ada')).toBe(0);
      await orders.save([{ customer: 'ada' }, { customer: 'ada' }]);
      expect(await shop.countOrders('ada')).toBe(2);
    });

    test('lets a hand-made query runner have a transaction of its own', async () => {
      const queryRunner = shop.orders.createQueryRunner();
      await queryRunner.startTransaction('SERIALIZABLE');
      await queryRunner.manager.insert(Order, { customer: 'undone' });
      const [shown] = await queryRunner.query('SHOW transaction_isolation');
      expect(shown.transaction_isolation).toBe('serializable');
      await queryRunner.rollbackTransaction();

      await queryRunner.startTransaction();
      await queryRunner.manager.insert(Order, { customer: 'kept' });
      await queryRunner.startTransaction();
      await queryRunner.manager.insert(Order, { customer: 'inner' });
      await queryRunner.rollbackTransaction();
      expect(await shop.countOrders('kept')).toBe(0);
      await queryRunner.commitTransaction();
      await queryRunner.release();

      expect(await shop.countOrders('undone')).toBe(0);
      expect(await shop.countOrders('inner')).toBe(0);
      expect(await shop.countOrders('kept')).toBe(1);
    });

    test('rolls back what a query runner left open, and hands its connection back', async () => {
      for (let round = 0; round < 8; round += 1) {
        const queryRunner = shop.orders.createQueryRunner();
        await queryRunner.startTransaction();
        await queryRunner.manager.insert(Order, { customer: 'left open' });
        await queryRunner.release();
      }
      await shop.database.ping();
      expect(await shop.countOrders('left open')).toBe(0);
    });
  });

  test('refuses streams, which would keep the connection to themselves', async () => {
    const queryRunner = shop.orders.createQueryRunner();
    const connection = (await queryRunner.connect()) as { query(stream: object): Promise<unknown> };
    await expect(connection.query({ submit() {} })).rejects.toMatchObject({ code: 'macrolith.statement-refused' });
    await queryRunner.release();
  });

  test('asks the database nothing when it is opened', async () => {
    const before = shop.database.statistics;
    await shop.database.dataSource('orders', [Order]);
    expect(shop.database.statistics).toEqual(before);
  });
});
