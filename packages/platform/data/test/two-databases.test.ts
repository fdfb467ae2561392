import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { detach, ForeignEntity, ModuleWithoutDatabase, SpansTwoDatabases } from '../src/index.js';
import { openShop, type Shop } from './shop/shop.js';
import { Order, Stock } from './shop/tables.js';

describe('Two databases in one process', () => {
  let here: Shop;
  let there: Shop;
  beforeAll(async () => {
    here = await openShop({ poolSize: 2 });
    there = await openShop({ poolSize: 2 });
  });
  afterAll(async () => {
    await here.close();
    await there.close();
  });

  test('are not spanned by one unit of work: the error names both modules', async () => {
    const error = await here.unitOfWork
      .run(async () => {
        await here.stock.getRepository(Stock).find();
        await there.orders.getRepository(Order).insert({ customer: 'ada' });
      })
      .catch((error: unknown) => error);
    expect(error).toBeInstanceOf(SpansTwoDatabases);
    expect(error).toMatchObject({ module: 'orders', begunBy: 'stock' });
    expect(await there.countOrders('ada')).toBe(0);
  });

  test('each have their own units of work, one after the other or detached', async () => {
    await here.unitOfWork.run(async () => {
      await here.orders.getRepository(Order).insert({ customer: 'ada' });
      await detach(() => there.orders.getRepository(Order).insert({ customer: 'ada' }));
    });
    expect(await here.countOrders('ada')).toBe(1);
    expect(await there.countOrders('ada')).toBe(1);
  });
});

describe('A module without a right to what it asks for', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop({ poolSize: 1 });
  });
  afterAll(() => shop.close());

  test('is refused at start when an entity lies in another schema', async () => {
    const { EntitySchema } = await import('typeorm');
    const Foreign = new EntitySchema({
      name: 'Foreign',
      schema: 'stock',
      tableName: 'stock',
      columns: { productId: { type: 'text', primary: true, name: 'product_id' } },
    });
    const opened = shop.database.dataSource('orders', [Foreign]);
    await expect(opened).rejects.toBeInstanceOf(ForeignEntity);
    await expect(opened).rejects.toMatchObject({ module: 'orders', entity: 'Foreign', schema: 'stock' });
  });

  test('is told to add database() when it has no schema', () => {
    expect(() => shop.database.of('payments')).toThrow(ModuleWithoutDatabase);
  });
});
