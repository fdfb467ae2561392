import { describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { withDatabase } from '../src/harness/disposable-database.js';
import type { Courier, CourierOptions } from '../src/suites/events/couriers/courier.js';
import { openGraphileCourier } from '../src/suites/events/couriers/graphile-courier.js';
import { openMacrolithCourier } from '../src/suites/events/couriers/macrolith-courier.js';
import { openPgBossCourier } from '../src/suites/events/couriers/pg-boss-courier.js';
import { publishAll } from '../src/suites/events/throughput/load.js';

const LOAD = { events: 120, keys: 12, publishers: 4 };

const COURIERS: readonly (readonly [name: string, open: (options: CourierOptions) => Promise<Courier>])[] = [
  ['macrolith', openMacrolithCourier],
  ['graphile-worker, for latency', (options) => openGraphileCourier(options, 'latency')],
  ['graphile-worker, for throughput', (options) => openGraphileCourier(options, 'throughput')],
  ['pg-boss, for latency', (options) => openPgBossCourier(options, 'latency')],
  ['pg-boss, for throughput', (options) => openPgBossCourier(options, 'throughput')],
  ['pg-boss, transactional', (options) => openPgBossCourier(options, 'transactional')],
];

describe.each(COURIERS)('what is measured of %s', (_, open) => {
  it('makes each entry once, and those of a key in order', async () => {
    const entries = await entriesBy(open);
    expect(entries).toHaveLength(LOAD.events);
    const byKey = Object.values(Object.groupBy(entries, ({ key }) => key));
    expect(byKey).toHaveLength(LOAD.keys);
    for (const own of byKey) {
      const numbers = own!.map(({ number }) => number);
      expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
      expect(new Set(numbers).size).toBe(numbers.length);
    }
  }, 120_000);

  it('leaves nothing behind when the handler fails, and makes the entry once when it succeeds', async () => {
    // Half a second is what pg-boss needs to look again for what failed; nothing else can hurry it.
    let failures = 1;
    const entries = await entriesBy(open, { events: 1, keys: 1, publishers: 1 }, () => {
      if (failures-- > 0) throw new Error('no ink');
    });
    expect(failures).toBeLessThan(0);
    expect(entries).toHaveLength(1);
  }, 120_000);
});

async function entriesBy(
  open: (options: CourierOptions) => Promise<Courier>,
  load = LOAD,
  heard = () => {},
): Promise<readonly { readonly number: number; readonly key: string }[]> {
  return withDatabase(async (url) => {
    // Makes the tables that the peers use, too.
    await (await openMacrolithCourier({ url, part: 'publisher', concurrency: 1, order: 'by key' })).close();
    const outside = new pg.Client(url);
    await outside.connect();
    const courier = await open({ url, part: 'both', concurrency: 8, order: 'by key', heard });
    try {
      await publishAll(courier, load);
      while (!(await courier.isIdle())) await new Promise((resolve) => setTimeout(resolve, 20));
      const { rows } = await outside.query('SELECT number, key FROM ledger.entry ORDER BY id');
      return rows;
    } finally {
      await courier.close();
      await outside.end();
    }
  });
}
