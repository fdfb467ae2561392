import { MacrolithModule } from '@macrolith/core';
import { Database, DatabaseModule } from '@macrolith/data';
import { EventsModule, type RelayOptions } from '@macrolith/events/local';
import { type DynamicModule, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Ear, LedgerModule } from '../modules/ledger.js';
import { Market, MarketModule } from '../modules/market.js';
import type { Courier, CourierOptions } from './courier.js';

@Module({})
class Shell {
  static with({ url, part, concurrency }: CourierOptions, relay: Partial<RelayOptions>): DynamicModule {
    return {
      module: Shell,
      imports: [
        MacrolithModule.forRoot(),
        DatabaseModule.forRoot({ url, poolSize: concurrency + SPARE_CONNECTIONS }),
        EventsModule.forRoot({ enabled: part !== 'publisher', concurrency, hands: concurrency, ...relay }),
        MarketModule,
        LedgerModule,
      ],
    };
  }
}

/** For publishers and the relay's own statements, beside one for each handler. The peers have as many. */
export const SPARE_CONNECTIONS = 8;

/** Two modules in schemas of their own, and the relay. It always keeps the order of a key. */
export async function openMacrolithCourier(
  options: CourierOptions,
  relay: Partial<RelayOptions> = {},
): Promise<Courier> {
  const shell = Shell.with(options, relay);
  const app = await NestFactory.createApplicationContext(shell, { logger: false, abortOnError: false });
  const market = app.get(Market, { strict: false });
  const database = app.get(Database, { strict: false }).of('market');
  if (options.heard !== undefined) app.get(Ear, { strict: false }).heard = options.heard;
  return {
    publish: (sale) => market.sell(sale),
    async isIdle() {
      const { rowCount } = await database.queryByIndexes(`SELECT FROM market.delivery WHERE state = 'open' LIMIT 1`);
      return rowCount === 0;
    },
    close: () => app.close(),
  };
}
