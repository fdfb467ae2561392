import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Sale } from '../sale.js';
import type { FromWorker } from './worker-messages.js';
import type { WorkerPlan } from './worker-plan.js';

/** The built one, also when this file is run from its source: Node cannot run decorators. */
const WORKER = fileURLToPath(new URL('../../../../dist/suites/events/worker/worker.js', import.meta.url));

export interface Worker {
  /** Resident memory as it was told last, in bytes. */
  readonly rssBytes: number;
  /** Lets what is under way end. */
  stop(): Promise<void>;
}

/** Starts a process that handles. Resolves when it is ready; its standard error goes into the error when it never is. */
export async function startWorker(plan: WorkerPlan, heard: (sale: Sale, at: bigint) => void): Promise<Worker> {
  const child = fork(WORKER, [JSON.stringify(plan)], { silent: true });
  let complaint = '';
  let rssBytes = 0;
  child.stderr!.on('data', (chunk: Buffer) => {
    complaint += chunk.toString('utf8');
  });
  const { promise: ready, resolve, reject } = Promise.withResolvers<void>();
  child.on('message', (message: FromWorker) => {
    if ('sale' in message) heard(message.sale, BigInt(message.at));
    else if ('rssBytes' in message) rssBytes = message.rssBytes;
    else resolve();
  });
  const ended = once(child, 'exit');
  void ended.then(([code]) => reject(new Error(`The ${plan.name} worker ended (exit code ${code}):\n${complaint}`)));
  await ready;
  return {
    get rssBytes() {
      return rssBytes;
    },
    async stop() {
      if (child.exitCode === null) child.send('stop');
      await ended;
    },
  };
}
