import type { Contender, Suite } from '../../harness/comparison.js';
import { type OpenOffice, withOffices } from './offices-open.js';

/** A query to another process and back, one at a time. */
export const rpcLatency: Suite = {
  name: 'rpc-latency',
  run: (run, { quick }) =>
    withOffices(async ({ macrolith, raw, nest, moleculer }) => {
      const calls = quick ? 200 : 4_000;
      for (const [metric, share] of [
        ['p50', 0.5],
        ['p99', 0.99],
      ] as const) {
        const contender = (office: OpenOffice) => latency(office, calls, share);
        await run({
          suite: 'rpc-latency',
          case: '1 call in flight',
          metric,
          unit: 'µs',
          rounds: 15,
          ours: contender(macrolith),
          peers: [raw, nest, moleculer].map(contender),
        });
      }
    }),
};

function latency(office: OpenOffice, calls: number, share: number): Contender {
  return {
    name: office.name,
    async sample() {
      const took = new Float64Array(calls);
      for (let nth = 0; nth < calls; nth += 1) {
        const begun = performance.now();
        await office.ask({ sku: '85123A', quantity: nth + 1 });
        took[nth] = performance.now() - begun;
      }
      return took.sort()[Math.floor(calls * share)]! * 1_000;
    },
  };
}
