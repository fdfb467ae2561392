import { type InputOf, Port, query } from '@macrolith/contract';
import { defineModule, LocalModule, MacrolithModule, RemoteModule } from '@macrolith/core';
import { CallServer, NatsModule } from '@macrolith/nats';
import { Injectable, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Quote, quoteFor, Wish } from '../quote.js';
import type { Office } from './office.js';

abstract class Prices extends Port({
  name: 'prices',
  version: '1.0.0',
  operations: { quote: query({ input: Wish, output: Quote }) },
}) {}

@Injectable()
class PricesService implements Prices {
  async quote(wish: InputOf<Prices['quote']>) {
    return quoteFor(wish);
  }
}

const prices = defineModule(Prices, { owner: 'team-bench' });

@LocalModule(prices, { provider: PricesService })
class LocalPrices {}

@RemoteModule(prices)
class RemotePrices {}

/** A port of a module whose `/remote` is imported: contract on both sides, deadline, breaker, bulkhead, drain. */
export const macrolithOffice: Office = {
  name: 'macrolith',
  async serve(natsUrl) {
    const shell = shellOf(LocalPrices, natsUrl);
    const app = await NestFactory.createApplicationContext(shell, { logger: false });
    const server = app.get(CallServer, { strict: false });
    await new Promise<void>((resolve) => server.listen(() => resolve()));
    return () => app.close();
  },
  async customer(natsUrl) {
    const app = await NestFactory.createApplicationContext(shellOf(RemotePrices, natsUrl), { logger: false });
    const port = app.get(Prices, { strict: false });
    return {
      ask: (wish) => port.quote(wish),
      close: () => app.close(),
    };
  },
};

function shellOf(module: Type, servers: string): Type {
  @Module({ imports: [MacrolithModule.forRoot(), NatsModule.forRoot({ servers, system: 'bench' }), module] })
  class Shell {}
  return Shell;
}
