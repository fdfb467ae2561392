import { startNats } from '@macrolith/local-services';
import type { Contender, Suite } from '../../harness/comparison.js';
import { withDatabase } from '../../harness/disposable-database.js';
import { bareNewspaper } from './bare-newspaper.js';
import { macrolithNewspaper } from './macrolith-newspaper.js';
import type { Newspaper } from './newspaper.js';

const PRINTERS = 32;

/** Events over JetStream, from the change to the effect, beside a consumer written with the client alone. */
export const eventJetstream: Suite = {
  name: 'event-jetstream',
  run: (run, { quick }) =>
    withDatabase(async (databaseUrl) => {
      const nats = await startNats();
      const newspapers: Newspaper[] = [];
      try {
        const ours = await macrolithNewspaper(databaseUrl, nats.url);
        newspapers.push(ours);
        for (const once of [false, true]) newspapers.push(await bareNewspaper(databaseUrl, nats.url, { once }));
        const peers = newspapers.slice(1);
        const common = { suite: 'event-jetstream', rounds: 9 };
        const events = quick ? 300 : 3_000;
        await run({
          ...common,
          case: `${events} changes, each told and heard`,
          metric: 'throughput',
          unit: 'events/s',
          ours: throughput(ours, events),
          peers: peers.map((peer) => throughput(peer, events)),
        });
        const samples = quick ? 20 : 200;
        for (const [metric, share] of [
          ['p50', 0.5],
          ['p99', 0.99],
        ] as const) {
          await run({
            ...common,
            case: 'a change, then nothing for a moment',
            metric: `change to handler, ${metric}`,
            unit: 'ms',
            ours: latency(ours, samples, share),
            peers: peers.map((peer) => latency(peer, samples, share)),
          });
        }
      } finally {
        for (const newspaper of newspapers) await newspaper.close();
        await nats.stop();
      }
    }),
};

/** From the first change until the last effect is stored. */
function throughput(newspaper: Newspaper, events: number): Contender {
  return {
    name: newspaper.name,
    async sample() {
      const before = await newspaper.stored();
      const begun = performance.now();
      let next = 0;
      const printer = async (): Promise<void> => {
        while (next < events) {
          next += 1;
          await newspaper.print(next);
        }
      };
      await Promise.all(Array.from({ length: PRINTERS }, printer));
      while ((await newspaper.stored()) < before + events) await new Promise((resolve) => setTimeout(resolve, 5));
      return events / ((performance.now() - begun) / 1000);
    },
  };
}

/** From the call that stores the change to the first line of what hears it, one at a time. */
function latency(newspaper: Newspaper, samples: number, share: number): Contender {
  return {
    name: newspaper.name,
    async sample() {
      const times: number[] = [];
      for (let number = 1; number <= samples; number += 1) {
        const { promise: heard, resolve } = Promise.withResolvers<void>();
        newspaper.onHeard(() => resolve());
        const begun = performance.now();
        const printing = newspaper.print(number);
        await heard;
        times.push(performance.now() - begun);
        await printing;
      }
      newspaper.onHeard(() => {});
      return times.sort((one, other) => one - other)[Math.floor(times.length * share)]!;
    },
  };
}
