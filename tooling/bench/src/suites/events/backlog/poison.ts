import { setTimeout as pause } from 'node:timers/promises';
import { withDatabase } from '../../../harness/disposable-database.js';
import { openMacrolithCourier } from '../couriers/macrolith-courier.js';
import { startWorker } from '../worker/start-worker.js';

const POISONED_KEY = 'key 0';
const PUBLISH_EVERY_MS = 5;
const CONCURRENCY = 16;

export interface Poisoning {
  readonly keys: number;
  /** How many events each key gets. */
  readonly rounds: number;
  /** Whether the handler fails at each event of one key. */
  readonly isPoisoned: boolean;
}

/** The delays of all keys but one, from commit to handler in another process. */
export function delaysOfTheOthers({ keys, rounds, isPoisoned }: Poisoning): Promise<readonly number[]> {
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
      for (let number = 0; number < rounds * keys; number += 1) {
        const key = `key ${number % keys}`;
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
