import { type Job, type JobResult, PgBoss } from 'pg-boss';
import type { Sale } from '../sale.js';
import type { Courier, CourierOptions } from './courier.js';
import { enter, RawBooks } from './raw-books.js';

export type PgBossTuning =
  /** A job at a time in each of as many workers as there are handlers, woken by NOTIFY. */
  | 'latency'
  /** Batches, as its documentation recommends for throughput; the jobs of one are handled side by side. */
  | 'throughput'
  /** Handler and completion in one transaction: needs no inbox, and takes one job at a time. */
  | 'transactional';

const BATCH = 100;
/** The shortest that it allows. NOTIFY wakes its workers before. */
const POLLING = { pollingIntervalSeconds: 0.5, notifyPollingIntervalSeconds: 0.5 };

/** pg-boss: jobs are sent on the transaction's connection, and its queue wakes the workers by NOTIFY. */
export async function openPgBossCourier(options: CourierOptions, tuning: PgBossTuning): Promise<Courier> {
  const { url, part, concurrency, order } = options;
  // A queue of its own, so that couriers side by side do not take each other's letters.
  const queue = `sold-${tuning}-${order === 'by key' ? 'by-key' : 'any'}`;
  const books = new RawBooks(url, concurrency);
  const boss = new PgBoss({ connectionString: url, max: 2 * concurrency, useListenNotify: part !== 'publisher' });
  boss.on('error', () => {});
  await boss.start();
  await boss.createQueue(queue, { policy: order === 'by key' ? 'key_strict_fifo' : 'standard', notify: true });

  const handle = async (id: string, sale: Sale) => {
    options.heard?.(sale);
    await books.enterOnce(id, sale);
  };
  if (part !== 'publisher') await work();

  async function work(): Promise<void> {
    if (tuning === 'throughput') {
      const batches = { perJobResults: true, batchSize: BATCH, burstWhenBatchFull: true, localConcurrency: 2 } as const;
      await boss.work(queue, { ...POLLING, ...batches }, (jobs: Job<Sale>[]) =>
        Promise.all(
          jobs.map(async ({ id, data }): Promise<JobResult> => {
            await handle(id, data);
            return { id, status: 'completed' };
          }),
        ),
      );
    } else if (tuning === 'transactional') {
      const inTransaction = { transactional: true, localConcurrency: concurrency } as const;
      await boss.work(queue, { ...POLLING, ...inTransaction }, async ([job]: Job<Sale>[], transaction) => {
        options.heard?.(job!.data);
        await enter({ query: ({ text, values }) => transaction.executeSql(text, values) }, job!.data);
      });
    } else {
      await boss.work(queue, { ...POLLING, localConcurrency: concurrency }, async ([job]: Job<Sale>[]) =>
        handle(job!.id, job!.data),
      );
    }
  }

  return {
    publish: (sale) =>
      books.sell(sale, (connection) => {
        const db = { executeSql: (text: string, values: unknown[] = []) => connection.query({ text, values }) };
        return boss.send(queue, sale, order === 'by key' ? { db, singletonKey: sale.key } : { db });
      }),
    async isIdle() {
      const { rowCount } = await books.pool.query(
        `SELECT FROM pgboss.job WHERE name = $1 AND state < 'completed' LIMIT 1`,
        [queue],
      );
      return rowCount === 0;
    },
    async close() {
      await boss.stop({ graceful: true, close: true });
      await books.close();
    },
  };
}
