import { startNats } from '@macrolith/local-services';
import type { Contender, Suite } from '../../harness/comparison.js';
import { withDatabase } from '../../harness/disposable-database.js';
import { randomCart } from '../checkout/cart.js';
import { Premises } from '../checkout/premises.js';
import { openMacrolithShop } from '../checkout/shops/macrolith-shop.js';
import type { Shop } from '../checkout/shops/shop.js';
import { throughput } from '../checkout/throughput.js';
import type { Department } from './departments.js';
import { POOL_SIZE } from './pool-size.js';
import { openRemoteShop } from './remote-shop.js';

const CALLERS = 8;
const ROUNDS = 15;

const ELSEWHERE: Readonly<Record<string, readonly Department[]>> = {
  '1 module elsewhere': ['payments'],
  '3 modules elsewhere': ['payments', 'inventory', 'catalog'],
};

/** What an order costs once one or three of its modules are processes of their own, beside the same in one process. */
export const checkoutRemote: Suite = {
  name: 'checkout-remote',
  run: (run, { quick }) =>
    withDatabase(async (url) => {
      const premises = await Premises.open(url);
      const nats = await startNats();
      const options = { url, poolSize: POOL_SIZE };
      const together = await openMacrolithShop(options, 'workflow');
      const durable = await openMacrolithShop(options, 'durable');
      const peers = [
        { ...together, name: 'nothing elsewhere, one transaction' },
        { ...durable, name: 'nothing elsewhere, durable' },
      ];
      try {
        for (const [name, elsewhere] of Object.entries(ELSEWHERE)) {
          const shop = await openRemoteShop(options, nats.url, elsewhere);
          try {
            const common = { suite: 'checkout-remote', case: name, rounds: ROUNDS };
            const orders = quick ? 20 : 100;
            await run({
              ...common,
              metric: 'order, p50, 1 caller',
              unit: 'ms',
              ours: latency(shop, orders),
              peers: peers.map((peer) => latency(peer, orders)),
            });
            const load = { callers: CALLERS, orders: quick ? 40 : 240 };
            await run({
              ...common,
              metric: `throughput, ${CALLERS} callers (higher is better)`,
              unit: 'orders/s',
              ours: throughput(shop, load),
              peers: peers.map((peer) => throughput(peer, load)),
            });
          } finally {
            await shop.close();
          }
        }
      } finally {
        await Promise.all([together, durable].map((shop) => shop.close()));
        await premises.close();
        await nats.stop();
      }
    }),
};

function latency(shop: Shop, orders: number): Contender {
  return {
    name: shop.name,
    async sample() {
      const took: number[] = [];
      for (let nth = 0; nth < orders; nth += 1) {
        const begun = performance.now();
        await shop.place(randomCart(), 'caller');
        took.push(performance.now() - begun);
      }
      return took.sort((one, other) => one - other)[orders >> 1]!;
    },
  };
}
