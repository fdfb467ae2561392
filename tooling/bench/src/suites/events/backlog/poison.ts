import { setTimeout as pause } from 'node:timers/promises';
import { withDatabase } from '../../../harness/disposable-database.js';
import { openMacrolithCourier } from '../couriers/macrolith-courier.js';
import { startWorker } from '../worker/start-worker.js';

const KEYS = 1_000;
const POISONED_KEY = 'key 0';
const PUBLISH_EVERY_MS = 5;
const CONCURRENCY = 16;

/** The delays of all keys but one, from commit to handler in another process; that one fails each time if it is poisoned. */
export function delaysOfTheOthers(rounds: number, isPoisoned: boolean): Promise<readonly number[]> {
  return withDatabase(async (url) => {
    const committedAt = new Map<number, bigint>();
    const heardAt = new Map<number, bigint>();
    const publisher = await openMacrolithCourier({ url, part: 'publisher', concurrency: 2, order: 'by key' });
    const worker = await startWorker(
      {
        courier: 'macrolith',
        name: 'macrolith',
        tuning: 'latency',
        url,
        concurrency: CONCURRENCY,
        order: 'by key',
        ...(isPoisoned ? { poisonedKey: POISONED_KEY } : {}),
      },
      ({ number, key }, at) => {
        if (key !== POISONED_KEY) heardAt.set(number, at);
      },
    );
    try {
      for (let number = 0; number < rounds * KEYS; number += 1) {
        const key = `key ${number % KEYS}`;
        await publisher.publish({ batch: 1, number, key });
        if (key !== POISONED_KEY) committedAt.set(number, process.hrtime.bigint());
        await pause(PUBLISH_EVERY_MS);
      }
      while (heardAt.size < committedAt.size) await pause(PUBLISH_EVERY_MS);
      return [...committedAt].map(([number, at]) => Math.max(0.001, Number(heardAt.get(number)! - at) / 1e6));
    } finally {
      await worker.stop();
      await publisher.close();
    }
  });
}
