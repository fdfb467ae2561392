import { MacrolithModule } from '@macrolith/core';
import { CallServer, NatsModule } from '@macrolith/nats';
import { Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { LocalPrices, Prices, RemotePrices } from '../prices.js';
import type { Office } from './office.js';

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
