import type { Contender } from '../../harness/comparison.js';
import { randomCart } from './cart.js';
import type { Shop } from './shops/shop.js';

export interface Load {
  /** Callers at once, each with one order at a time. */
  readonly callers: number;
  /** Orders of a sample. */
  readonly orders: number;
}

/** Orders per second. The first round opens connections and prepares statements, and does not count. */
export function throughput(shop: Shop, { callers, orders }: Load): Contender {
  return {
    name: shop.name,
    async sample() {
      const start = process.hrtime.bigint();
      await placeOrders(shop, { callers, orders });
      return (orders * 1e9) / Number(process.hrtime.bigint() - start);
    },
  };
}

export async function placeOrders(shop: Shop, { callers, orders }: Load): Promise<void> {
  let remaining = orders;
  const call = async () => {
    while (remaining > 0) {
      remaining -= 1;
      await shop.place(randomCart(), 'caller');
    }
  };
  await Promise.all(Array.from({ length: callers }, call));
}
