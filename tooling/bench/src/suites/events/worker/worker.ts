/** A process that only handles: tells its parent when each handler begins, and how much memory it has. */
import 'reflect-metadata';
import type { FromWorker } from './worker-messages.js';
import { openCourier, type WorkerPlan } from './worker-plan.js';

const MEMORY_EVERY_MS = 100;

const plan = JSON.parse(process.argv[2]!) as WorkerPlan;
const tell = (message: FromWorker) => void process.send!(message);

const courier = await openCourier(plan, 'worker', (sale) => {
  if (sale.batch !== plan.silentBatch) tell({ sale, at: process.hrtime.bigint().toString() });
  if (sale.key === plan.poisonedKey) throw new Error('This key is poisoned.');
});
tell({ started: true });

const memory = setInterval(() => tell({ rssBytes: process.memoryUsage.rss() }), MEMORY_EVERY_MS);
process.once('message', async () => {
  clearInterval(memory);
  await courier.close();
  process.exit();
});
