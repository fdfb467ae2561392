import type { Contender } from '../../harness/comparison.js';
import { CountingProxy } from './counting-proxy.js';
import type { Shop, ShopOptions } from './shops/shop.js';
import { placeOrders } from './throughput.js';

/** Statements are prepared when they come for the third time, and connections are opened before. */
export const ORDERS_BEFORE = 5;

export interface CountedShop {
  readonly contender: Contender;
  close(): Promise<void>;
}

/** Round trips to the database per order, of one caller on one connection. */
export async function countRoundTrips(
  url: string,
  open: (options: ShopOptions) => Shop | Promise<Shop>,
  orders: number,
): Promise<CountedShop> {
  const proxy = await CountingProxy.before(url);
  const shop = await open({ url: proxy.through(url), poolSize: 1 });
  return {
    contender: {
      name: shop.name,
      async sample() {
        await placeOrders(shop, { callers: 1, orders: ORDERS_BEFORE });
        const before = proxy.roundTrips;
        await placeOrders(shop, { callers: 1, orders });
        return (proxy.roundTrips - before) / orders;
      },
    },
    async close() {
      await shop.close();
      await proxy.close();
    },
  };
}
