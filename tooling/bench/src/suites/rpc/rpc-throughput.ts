import type { Suite } from '../../harness/comparison.js';
import { withOffices } from './offices-open.js';

const IN_FLIGHT = 64;

/** Queries to another process and back, many at a time. */
export const rpcThroughput: Suite = {
  name: 'rpc-throughput',
  run: (run, { quick }) =>
    withOffices(async (contenders) => {
      const measurement = { of: 'throughput', calls: quick ? 2_000 : 40_000, inFlight: IN_FLIGHT } as const;
      await run({
        suite: 'rpc-throughput',
        case: `${IN_FLIGHT} calls in flight`,
        metric: 'throughput',
        unit: 'calls/s',
        rounds: 15,
        ...contenders(measurement),
      });
    }),
};
