import { randomUUID } from 'node:crypto';
import { Logger, run, runMigrations } from 'graphile-worker';
import type { Sale } from '../sale.js';
import type { Courier, CourierOptions } from './courier.js';
import { RawBooks } from './raw-books.js';

interface Letter {
  readonly messageId: string;
  readonly sale: Sale;
}

/** `latency` leaves its defaults, `throughput` is what https://worker.graphile.org/docs/performance measured with. */
export type GraphileTuning = 'latency' | 'throughput';

const BATCHING = { localQueue: { size: 500 }, completeJobBatchDelay: 0, failJobBatchDelay: 0 };
const QUIET = new Logger(() => () => {});

/** graphile-worker: jobs are added by SQL in the transaction, LISTEN and NOTIFY wake its workers. */
export async function openGraphileCourier(options: CourierOptions, tuning: GraphileTuning): Promise<Courier> {
  const { url, part, concurrency, order } = options;
  await runMigrations({ connectionString: url, logger: QUIET });
  const books = new RawBooks(url, concurrency);
  // A task of its own, so that couriers side by side do not take each other's letters.
  const task = `sold-${tuning}-${order === 'by key' ? 'by-key' : 'any'}`;
  const sold = async (payload: unknown) => {
    const { messageId, sale } = payload as Letter;
    options.heard?.(sale);
    await books.enterOnce(messageId, sale);
  };
  const runner =
    part === 'publisher'
      ? undefined
      : await run({
          preset: {
            worker: {
              connectionString: url,
              concurrentJobs: concurrency,
              maxPoolSize: concurrency + 2,
              logger: QUIET,
              ...(tuning === 'throughput' ? BATCHING : {}),
            },
          },
          noHandleSignals: true,
          taskList: { [task]: sold },
        });
  return {
    publish: (sale) =>
      books.sell(sale, (connection) =>
        connection.query({
          name: 'add job',
          text: `SELECT graphile_worker.add_job($1, $2::json, queue_name := $3)`,
          // A named queue is what it has for order: its jobs run one after the other.
          values: [task, { messageId: randomUUID(), sale } satisfies Letter, order === 'by key' ? sale.key : null],
        }),
      ),
    async isIdle() {
      const { rowCount } = await books.pool.query('SELECT FROM graphile_worker._private_jobs LIMIT 1');
      return rowCount === 0;
    },
    async close() {
      await runner?.stop();
      await books.close();
    },
  };
}
