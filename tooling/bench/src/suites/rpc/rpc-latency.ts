import type { Suite } from '../../harness/comparison.js';
import { withOffices } from './offices-open.js';

/** A query to another process and back, one at a time. */
export const rpcLatency: Suite = {
  name: 'rpc-latency',
  run: (run, { quick }) =>
    withOffices(async (contenders) => {
      const calls = quick ? 200 : 4_000;
      for (const [metric, share] of [
        ['p50', 0.5],
        ['p99', 0.99],
      ] as const) {
        const measurement = { of: 'latency', calls, share } as const;
        await run({
          suite: 'rpc-latency',
          case: '1 call in flight',
          metric,
          unit: 'µs',
          rounds: 15,
          ...contenders(measurement),
        });
      }
    }),
};
