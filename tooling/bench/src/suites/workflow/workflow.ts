import pg from 'pg';
import type { Suite } from '../../harness/comparison.js';
import { withDatabase } from '../../harness/disposable-database.js';
import { Premises } from '../checkout/premises.js';
import { openMacrolithShop } from '../checkout/shops/macrolith-shop.js';
import { openRawShop } from '../checkout/shops/raw-shop.js';
import { type Load, throughput } from '../checkout/throughput.js';
import { openRawSaga, SAGA_TABLES } from './raw-saga.js';

const POOL_SIZE = 16;
const ROUNDS = 31;
const LOADS: readonly Load[] = [
  { callers: 1, orders: 100 },
  { callers: 8, orders: 240 },
];
const QUICK_ORDERS = 40;

/** The checkout's order as one declaration in both modes: one transaction, and a durable run of several. */
export const workflow: Suite = {
  name: 'workflow',
  run: (run, { quick }) =>
    withDatabase(async (url) => {
      const premises = await Premises.open(url);
      await prepareSaga(premises);
      const ours = { url: premises.url, poolSize: POOL_SIZE };
      const clerk = { url: premises.clerkUrl, poolSize: POOL_SIZE };
      const collapsed = await openMacrolithShop(ours, 'workflow');
      const durable = await openMacrolithShop(ours, 'durable');
      const saga = openRawSaga(clerk);
      const raw = openRawShop(clerk, 'named');
      try {
        for (const { callers, orders } of LOADS) {
          const load = { callers, orders: quick ? QUICK_ORDERS : orders };
          const name = callers === 1 ? '1 caller' : `${callers} callers`;
          const common = {
            suite: 'workflow',
            metric: 'throughput (higher is better)',
            unit: 'orders/s',
            rounds: ROUNDS,
          };
          await run({
            ...common,
            case: `durable, ${name}`,
            ours: throughput(durable, load),
            peers: [saga, raw, collapsed].map((peer) => throughput(peer, load)),
          });
          await run({
            ...common,
            case: `collapsed, ${name}`,
            ours: throughput(collapsed, load),
            peers: [raw, saga].map((peer) => throughput(peer, load)),
          });
        }
      } finally {
        await Promise.all([collapsed, durable, saga, raw].map((shop) => shop.close()));
        await premises.close();
      }
    }),
};

/** Tables of the saga by hand, for the role that its author would use. */
export async function prepareSaga({ url, clerkUrl }: Premises): Promise<void> {
  const outside = new pg.Client({ connectionString: url });
  await outside.connect();
  const clerk = new URL(clerkUrl).username;
  await outside.query(SAGA_TABLES);
  await outside.query(`GRANT USAGE ON SCHEMA saga TO ${clerk}`);
  await outside.query(`GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA saga TO ${clerk}`);
  await outside.end();
}
