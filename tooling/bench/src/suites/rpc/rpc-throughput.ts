import type { Contender, Suite } from '../../harness/comparison.js';
import { type OpenOffice, withOffices } from './offices-open.js';

const IN_FLIGHT = 64;

/** Queries to another process and back, many at a time. */
export const rpcThroughput: Suite = {
  name: 'rpc-throughput',
  run: (run, { quick }) =>
    withOffices(async ({ macrolith, raw, nest, moleculer }) => {
      const calls = quick ? 2_000 : 40_000;
      const contender = (office: OpenOffice) => throughput(office, calls);
      await run({
        suite: 'rpc-throughput',
        case: `${IN_FLIGHT} calls in flight`,
        metric: 'throughput',
        unit: 'calls/s',
        rounds: 15,
        ours: contender(macrolith),
        peers: [raw, nest, moleculer].map(contender),
      });
    }),
};

function throughput(office: OpenOffice, calls: number): Contender {
  return {
    name: office.name,
    async sample() {
      let asked = 0;
      const asking = async (): Promise<void> => {
        while (asked < calls) {
          asked += 1;
          await office.ask({ sku: '85123A', quantity: asked });
        }
      };
      const begun = performance.now();
      await Promise.all(Array.from({ length: IN_FLIGHT }, asking));
      return calls / ((performance.now() - begun) / 1_000);
    },
  };
}
