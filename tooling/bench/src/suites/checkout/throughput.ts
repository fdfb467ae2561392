import type { Contender } from '../../harness/comparison.js';
import { randomCart } from './cart.js';
import type { Premises } from './premises.js';
import type { Shop } from './shops/shop.js';

/** A sample's first orders open connections and prepare statements: they are not timed. Share of the timed ones. */
const WARM_UP = 0.1;

export interface Load {
  /** Callers at once, each with one order at a time. */
  readonly callers: number;
  /** Timed orders of a sample. */
  readonly orders: number;
}

/** Orders per second under `load`. */
export function throughput(shop: Shop, premises: Premises, { callers, orders }: Load): Contender {
  return {
    name: shop.name,
    async sample() {
      await premises.tidyUp();
      await placeOrders(shop, { callers, orders: Math.max(callers, Math.ceil(orders * WARM_UP)) });
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
