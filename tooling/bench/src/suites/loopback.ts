import { MacrolithModule } from '@macrolith/core';
import { type INestApplicationContext, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Contender, Suite } from '../harness/comparison.js';
import { LocalPrices, Prices, PricesService } from './rpc/prices.js';
import type { Quote, Wish } from './rpc/quote.js';

/** What it costs that a call crosses as JSON text and back within one process, checked by its contract on both sides. */
export const loopback: Suite = {
  name: 'loopback',
  async run(run, { quick }) {
    const calls = quick ? 5_000 : 100_000;
    const apps = [await boot('loopback'), await boot('local')] as const;
    const [overText, direct] = apps.map((app) => app.get(Prices, { strict: false }));
    const service = new PricesService();
    await run({
      suite: 'loopback',
      case: 'query, awaited',
      metric: 'time per call',
      unit: 'ns',
      rounds: 15,
      ours: loop('loopback', calls, (wish) => overText!.quote(wish)),
      peers: [
        loop('JSON there and back by hand, unchecked', calls, async (wish) => {
          const answer = await service.quote(JSON.parse(JSON.stringify(wish)) as Wish);
          return JSON.parse(JSON.stringify(answer)) as Quote;
        }),
        loop('the same port, local', calls, (wish) => direct!.quote(wish)),
      ],
    });
    for (const app of apps) await app.close();
  },
};

function loop(name: string, calls: number, call: (wish: Wish) => Promise<Quote>): Contender {
  return {
    name,
    async sample() {
      const start = process.hrtime.bigint();
      for (let nth = 1; nth <= calls; nth += 1) await call({ sku: '85123A', quantity: nth });
      return Number(process.hrtime.bigint() - start) / calls;
    },
  };
}

function boot(binding: 'local' | 'loopback'): Promise<INestApplicationContext> {
  return NestFactory.createApplicationContext(shellOf(binding), { logger: false });
}

function shellOf(binding: 'local' | 'loopback'): Type {
  @Module({ imports: [MacrolithModule.forRoot({ binding }), LocalPrices] })
  class Shell {}
  return Shell;
}
