import type { Comparison, Suite } from '../../../harness/comparison.js';
import { withDatabase } from '../../../harness/disposable-database.js';
import { type Courier, type CourierOptions, closeAll } from '../couriers/courier.js';
import { openGraphileCourier } from '../couriers/graphile-courier.js';
import { openMacrolithCourier } from '../couriers/macrolith-courier.js';
import { openPgBossCourier } from '../couriers/pg-boss-courier.js';
import { type Load, throughput } from './load.js';

type Run = (comparison: Comparison) => Promise<void>;

/** Short samples in many rounds: what else a machine does then hits all contenders alike. */
const ROUNDS = 9;
const CONCURRENCY = 16;
const PUBLISHERS = 8;
const EVENTS = 1_500;
const QUICK_EVENTS = 200;
const KEYS = [1_000, 50];

/**
 * From a change to the effect in another module, with all guarantees: the event is written in the change's transaction, the
 * effect and its inbox row are one transaction, and sales of one key are heard in order where a peer can do that.
 */
export const eventThroughput: Suite = {
  name: 'event-throughput',
  run: (run, { quick }) =>
    withDatabase(async (url) => {
      const events = quick ? QUICK_EVENTS : EVENTS;
      const options = { url, part: 'both', concurrency: CONCURRENCY } as const;
      const ours = await openMacrolithCourier({ ...options, order: 'by key' });
      try {
        for (const keys of KEYS) await compareInOrder(run, ours, options, { events, keys, publishers: PUBLISHERS });
        await compareWithoutOrder(run, ours, options, { events, keys: events, publishers: PUBLISHERS });
      } finally {
        await ours.close();
      }
    }),
};

async function compareInOrder(
  run: Run,
  ours: Courier,
  options: Omit<CourierOptions, 'order'>,
  load: Load,
): Promise<void> {
  const inOrder = { ...options, order: 'by key' } as const;
  const peers = [
    await openGraphileCourier(inOrder, 'throughput'),
    await openPgBossCourier(inOrder, 'throughput'),
    await openPgBossCourier(inOrder, 'transactional'),
  ];
  const names = [
    'graphile-worker, queue per key',
    'pg-boss, key_strict_fifo',
    'pg-boss, key_strict_fifo, transactional',
  ];
  const comparison = comparisonOf(`in order, ${load.keys} keys`, ours, peers, names, load);
  await run(comparison).finally(() => closeAll(peers));
}

/** Peers leave the order to chance here; ours cannot. */
async function compareWithoutOrder(
  run: Run,
  ours: Courier,
  options: Omit<CourierOptions, 'order'>,
  load: Load,
): Promise<void> {
  const inAnyOrder = { ...options, order: 'none' } as const;
  const peers = [
    await openGraphileCourier(inAnyOrder, 'throughput'),
    await openPgBossCourier(inAnyOrder, 'throughput'),
  ];
  const names = ['graphile-worker, without order', 'pg-boss, without order'];
  const comparison = comparisonOf('a key for each event', ours, peers, names, load);
  await run(comparison).finally(() => closeAll(peers));
}

function comparisonOf(
  name: string,
  ours: Courier,
  peers: readonly Courier[],
  names: readonly string[],
  load: Load,
): Comparison {
  return {
    suite: 'event-throughput',
    case: name,
    metric: 'throughput (higher is better)',
    unit: 'events/s',
    rounds: ROUNDS,
    ours: throughput('macrolith', ours, load),
    peers: peers.map((peer, index) => throughput(names[index]!, peer, load)),
  };
}
