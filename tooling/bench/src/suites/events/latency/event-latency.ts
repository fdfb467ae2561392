import type { Comparison, Suite, SuiteOptions } from '../../../harness/comparison.js';
import { withDatabase } from '../../../harness/disposable-database.js';
import { startWorker } from '../worker/start-worker.js';
import { openCourier, type WorkerPlan } from '../worker/worker-plan.js';
import { type Correspondence, latency } from './correspondence.js';

type Run = (comparison: Comparison) => Promise<void>;

const ROUNDS = 7;
const LETTERS = 200;
const QUICK_LETTERS = 20;
const PERCENTILES = [50, 99];
const PEERS: readonly Pick<WorkerPlan, 'courier' | 'order' | 'name'>[] = [
  { courier: 'graphile-worker', order: 'none', name: 'graphile-worker' },
  { courier: 'pg-boss', order: 'none', name: 'pg-boss' },
];
const OURS: Pick<WorkerPlan, 'courier' | 'order' | 'name'> = {
  courier: 'macrolith',
  order: 'by key',
  name: 'macrolith',
};

/** How long after a commit the handler begins, while nothing else is under way. */
export const eventLatency: Suite = {
  name: 'event-latency',
  run: (run, options) =>
    withDatabase(async (url) => {
      await compareIn('one process', openInOneProcess, run, options, url);
      await compareIn('two processes', openAcrossProcesses, run, options, url);
    }),
};

type Open = (plan: WorkerPlan) => Promise<Correspondence>;

async function compareIn(name: string, open: Open, run: Run, { quick }: SuiteOptions, url: string): Promise<void> {
  const opened: Correspondence[] = [];
  const contenders: { name: string; correspondence: Correspondence }[] = [];
  try {
    for (const which of [OURS, ...PEERS]) {
      const correspondence = await open({ ...which, url, concurrency: 4, tuning: 'latency' });
      opened.push(correspondence);
      contenders.push({ name: which.name, correspondence });
    }
    const letters = quick ? QUICK_LETTERS : LETTERS;
    for (const percentile of PERCENTILES) {
      const [ours, ...peers] = contenders.map((each) => latency(each.name, each.correspondence, letters, percentile));
      const metric = `commit to handler, p${percentile}`;
      await run({ suite: 'event-latency', case: name, metric, unit: 'ms', rounds: ROUNDS, ours: ours!, peers });
    }
  } finally {
    for (const correspondence of opened) await correspondence.close();
  }
}

async function openInOneProcess(plan: WorkerPlan): Promise<Correspondence> {
  const heard: Correspondence['heard'] = { by: () => {} };
  const courier = await openCourier(plan, 'both', (sale) => heard.by(sale, process.hrtime.bigint()));
  return { heard, courier, close: () => courier.close() };
}

async function openAcrossProcesses(plan: WorkerPlan): Promise<Correspondence> {
  const heard: Correspondence['heard'] = { by: () => {} };
  const worker = await startWorker(plan, (sale, at) => heard.by(sale, at));
  const courier = await openCourier(plan, 'publisher');
  return {
    heard,
    courier,
    async close() {
      await courier.close();
      await worker.stop();
    },
  };
}
