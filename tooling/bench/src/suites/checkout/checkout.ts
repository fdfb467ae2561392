import type { Comparison, Suite } from '../../harness/comparison.js';
import { withDatabase } from '../../harness/disposable-database.js';
import { Premises } from './premises.js';
import { countRoundTrips } from './round-trips.js';
import { openMacrolithShop } from './shops/macrolith-shop.js';
import { openRawShop } from './shops/raw-shop.js';
import type { Shop } from './shops/shop.js';
import { openTypeOrmShop } from './shops/typeorm-shop.js';
import { type Load, throughput } from './throughput.js';

type Run = (comparison: Comparison) => Promise<void>;

const POOL_SIZE = 16;
/** Short samples in many rounds: what else a machine does then hits all contenders alike. */
const ROUNDS = 41;
/** Sized for samples of about a third of a second. */
const LOADS: readonly Load[] = [
  { callers: 1, orders: 150 },
  { callers: 8, orders: 320 },
  { callers: 32, orders: 320 },
];
const QUICK_ORDERS = 60;

/** A checkout across four modules, walls up, against the code one would write without the platform. */
export const checkout: Suite = {
  name: 'checkout',
  run: (run, { quick }) =>
    withDatabase(async (url) => {
      const premises = await Premises.open(url);
      try {
        await compareThroughput(run, premises, quick);
        await compareRoundTrips(run, premises);
      } finally {
        await premises.close();
      }
    }),
};

async function compareThroughput(run: Run, premises: Premises, quick: boolean): Promise<void> {
  const ours = { url: premises.url, poolSize: POOL_SIZE };
  const clerk = { url: premises.clerkUrl, poolSize: POOL_SIZE };
  const byWorkflow = await openMacrolithShop(ours, 'workflow');
  const bySavepoints = await openMacrolithShop(ours, 'savepoints');
  const peers = [openRawShop(clerk, 'unnamed'), openRawShop(clerk, 'named'), await openTypeOrmShop(clerk)];
  const compareAt = (load: Load, shop: Shop, name: string) =>
    run({
      suite: 'checkout',
      case: name,
      metric: 'throughput (higher is better)',
      unit: 'orders/s',
      rounds: ROUNDS,
      ours: throughput(shop, load),
      peers: peers.map((peer) => throughput(peer, load)),
    });
  try {
    for (const { callers, orders } of LOADS) {
      const load = { callers, orders: quick ? QUICK_ORDERS : orders };
      const name = callers === 1 ? '1 caller' : `${callers} callers`;
      await compareAt(load, byWorkflow, name);
      if (callers === 8) await compareAt(load, bySavepoints, `${name}, commands in savepoints`);
    }
  } finally {
    await Promise.all([byWorkflow, bySavepoints, ...peers].map((shop) => shop.close()));
  }
}

/** Counted, not timed: one round tells it. */
async function compareRoundTrips(run: Run, premises: Premises): Promise<void> {
  const count = { url: premises.url, clerkUrl: premises.clerkUrl, orders: 10 };
  const bySavepoints = await countRoundTrips(count.url, (o) => openMacrolithShop(o, 'savepoints'), count.orders);
  const byWorkflow = await countRoundTrips(count.url, (o) => openMacrolithShop(o, 'workflow'), count.orders);
  const peers = [
    await countRoundTrips(count.clerkUrl, (o) => openRawShop(o, 'unnamed'), count.orders),
    await countRoundTrips(count.clerkUrl, openTypeOrmShop, count.orders),
  ];
  const compareFor = (name: string, { contender }: typeof byWorkflow) =>
    run({
      suite: 'checkout',
      case: name,
      metric: 'round trips per order',
      unit: 'round trips',
      rounds: 1,
      warmUpRounds: 0,
      ours: contender,
      peers: peers.map((peer) => peer.contender),
    });
  try {
    await compareFor('1 caller', byWorkflow);
    await compareFor('1 caller, commands in savepoints', bySavepoints);
  } finally {
    await Promise.all([byWorkflow, bySavepoints, ...peers].map((counted) => counted.close()));
  }
}
