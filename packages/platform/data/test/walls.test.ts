import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openShop, type Shop } from './shop/shop.js';
import { Order, Stock } from './shop/tables.js';

const INSUFFICIENT_PRIVILEGE = { driverError: { code: '42501' } };

describe('The wall between two modules', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop();
  });
  afterAll(() => shop.close());

  const stray = () => shop.orders.query('SELECT * FROM stock.stock');

  test('a stray query on another module’s table fails with 42501', async () => {
    await expect(stray()).rejects.toMatchObject(INSUFFICIENT_PRIVILEGE);
    await expect(shop.orders.query('SELECT * FROM stock.stock WHERE available > $1', [1])).rejects.toMatchObject(
      INSUFFICIENT_PRIVILEGE,
    );
  });

  test('it fails inside a shared transaction too, and takes the unit of work with it', async () => {
    const placed = shop.unitOfWork.run(async () => {
      await shop.orders.getRepository(Order).insert({ customer: 'unlucky' });
      await shop.stock.getRepository(Stock).findBy({});
      await stray();
    });
    await expect(placed).rejects.toMatchObject(INSUFFICIENT_PRIVILEGE);
    expect(await shop.countOrders('unlucky')).toBe(0);
  });

  test('caught around a nested transaction, it leaves the caller’s other work as it was', async () => {
    await shop.unitOfWork.run(async () => {
      await shop.orders.getRepository(Order).insert({ customer: 'careful' });
      await expect(shop.unitOfWork.run(stray)).rejects.toMatchObject(INSUFFICIENT_PRIVILEGE);
      await shop.orders.getRepository(Order).insert({ customer: 'careful' });
    });
    expect(await shop.countOrders('careful')).toBe(2);
  });
});
